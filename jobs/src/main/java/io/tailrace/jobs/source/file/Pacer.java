package io.tailrace.jobs.source.file;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Spreads requests evenly over time, without blocking the thread that checkpoints run on. */
final class Pacer implements AutoCloseable {

    private static final CompletableFuture<Void> NOW = CompletableFuture.completedFuture(null);

    private final double perSecond;
    private final ScheduledExecutorService timer;
    private long begun;
    private long passed;

    /**
     * @param perSecond null for as fast as it goes
     */
    Pacer(Double perSecond) {
        this.perSecond = perSecond == null ? 0 : perSecond;
        this.timer =
                perSecond == null
                        ? null
                        : Executors.newSingleThreadScheduledExecutor(
                                task -> {
                                    Thread thread = new Thread(task, "file-pacer");
                                    thread.setDaemon(true);
                                    return thread;
                                });
    }

    /** Completes when the next request may go. */
    CompletableFuture<Void> turn() {
        if (timer == null) {
            return NOW;
        }
        long now = System.nanoTime();
        if (passed == 0) {
            begun = now;
        }
        long wait = begun + (long) (passed * 1e9 / perSecond) - now;
        if (wait <= 0) {
            return NOW;
        }
        CompletableFuture<Void> turn = new CompletableFuture<>();
        var unused = timer.schedule(() -> turn.complete(null), wait, TimeUnit.NANOSECONDS);
        return turn;
    }

    void passed() {
        passed++;
    }

    @Override
    public void close() {
        if (timer != null) {
            timer.shutdownNow();
        }
    }
}
