package io.tailrace.jobs.cli;

import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Catches Ctrl-C and the like while it is open. A shutdown hook would not do: those of Flink run
 * beside it and take away what a savepoint needs. The JDK's only way is {@code sun.misc.Signal},
 * which is reached by reflection, as compilers warn of it and Java machines may lack it.
 */
public final class Signals implements AutoCloseable {

    private final Map<Object, Object> handlersBefore = new LinkedHashMap<>();

    private Signals() {}

    /**
     * Calls {@code action} at each interrupt and each request to terminate, on a thread of its own.
     */
    public static Signals onStop(Runnable action) {
        return on(action, "INT", "TERM");
    }

    /** Calls {@code action} when the terminal goes away; never where that is to be ignored. */
    public static Signals onHangUp(Runnable action) {
        return on(action, "HUP");
    }

    private static Signals on(Runnable action, String... names) {
        Signals signals = new Signals();
        try {
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object call =
                    Proxy.newProxyInstance(
                            Signals.class.getClassLoader(),
                            new Class<?>[] {handler},
                            (proxy, method, arguments) -> {
                                if (method.getName().equals("handle")) {
                                    action.run();
                                    return null;
                                }
                                return method.invoke(action, arguments);
                            });
            Class<?> signal = Class.forName("sun.misc.Signal");
            for (String name : names) {
                Object each = signal.getConstructor(String.class).newInstance(name);
                signals.handlersBefore.put(each, handle(each, call));
            }
        } catch (ReflectiveOperationException unavailable) {
            System.err.println("Ctrl-C will end this run at once: " + unavailable);
        }
        return signals;
    }

    private static Object handle(Object signal, Object handler)
            throws ReflectiveOperationException {
        Class<?> type = signal.getClass();
        return type.getMethod("handle", type, Class.forName("sun.misc.SignalHandler"))
                .invoke(null, signal, handler);
    }

    @Override
    public void close() {
        handlersBefore.forEach(
                (signal, handler) -> {
                    try {
                        handle(signal, handler);
                    } catch (ReflectiveOperationException impossible) {
                        throw new IllegalStateException("It worked before", impossible);
                    }
                });
    }
}
