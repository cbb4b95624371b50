package io.tailrace.demo.cluster;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Waits until something is as much as it must be, and says how far it is.
 *
 * @param said takes a line for people
 */
record Patience(Consumer<String> said) {

    private static final Duration LIMIT = Duration.ofSeconds(150);
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(3);
    private static final long POLL_MILLIS = 200;

    /** Counts something. */
    @FunctionalInterface
    interface Count {
        long now() throws Exception;
    }

    /**
     * Gives the answer to whoever asked to wait: {@code done}, or why it failed.
     *
     * @param what to follow "waited until"
     * @param words a format of how much there is, and how much there must be
     */
    String await(String what, Count count, long wanted, String words) throws Exception {
        long begun = System.nanoTime();
        long saidAt = begun;
        while (true) {
            long now = count.now();
            long time = System.nanoTime();
            String line = String.format(Locale.ROOT, words, now, wanted);
            if (now >= wanted) {
                said.accept("  " + line);
                return "done";
            } else if (time - begun > LIMIT.toNanos()) {
                return "failed: waited %d s until %s: %s".formatted(LIMIT.toSeconds(), what, line);
            } else if (time - saidAt > BETWEEN_LINES.toNanos()) {
                said.accept("  " + line);
                saidAt = time;
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }
}
