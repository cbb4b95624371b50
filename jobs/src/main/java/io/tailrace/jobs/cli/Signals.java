package io.tailrace.jobs.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * Catches Ctrl-C. A shutdown hook would not do: those of Flink run beside it and take away what a
 * savepoint needs. The JDK's only way is {@code sun.misc.Signal}, which is reached by reflection,
 * as compilers warn of it and Java machines may lack it.
 */
final class Signals {

    private Signals() {}

    /**
     * Calls {@code action} at each interrupt and each request to terminate, on a thread of its own.
     */
    static void onStop(Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
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
            for (String name : new String[] {"INT", "TERM"}) {
                signal.getMethod("handle", signal, handler)
                        .invoke(null, signal.getConstructor(String.class).newInstance(name), call);
            }
        } catch (ClassNotFoundException
                | NoSuchMethodException
                | InstantiationException
                | IllegalAccessException
                | InvocationTargetException unavailable) {
            System.err.println("Ctrl-C will end this run without a savepoint: " + unavailable);
        }
    }
}
