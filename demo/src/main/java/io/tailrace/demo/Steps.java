package io.tailrace.demo;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;

/** Says what is done, as it begins and when it is done, with the time it took. */
final class Steps {

    private final PrintWriter out;

    Steps(PrintWriter out) {
        this.out = out;
    }

    void say(String line) {
        out.println(line);
        out.flush();
    }

    /** Does something and gives what came of it. */
    <T> T done(String what, Callable<T> work, ToWords<T> words) throws Exception {
        out.printf("  %-12s", what);
        out.flush();
        long begun = System.nanoTime();
        T result;
        try {
            result = work.call();
        } catch (Exception failure) {
            out.println("failed");
            out.flush();
            throw failure;
        }
        say(
                String.format(
                        Locale.ROOT,
                        "%-60s %6.1f s",
                        words.of(result),
                        (System.nanoTime() - begun) / 1e9));
        return result;
    }

    /** What there is to say of a result. */
    @FunctionalInterface
    interface ToWords<T> {
        String of(T result) throws Exception;
    }
}
