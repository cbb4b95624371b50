package io.tailrace.jobs.source.generator;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** In real time. */
final class WallClockPace implements Pace {

    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    task -> {
                        Thread thread = new Thread(task, "generator-pace");
                        thread.setDaemon(true);
                        return thread;
                    });

    /** A reader waits for one moment at a time. */
    private Future<?> alarm = CompletableFuture.completedFuture(null);

    @Override
    public boolean reached(long millis) {
        return System.currentTimeMillis() >= millis;
    }

    @Override
    public CompletableFuture<Void> until(long millis) {
        CompletableFuture<Void> moment = new CompletableFuture<>();
        long wait = Math.max(0, millis - System.currentTimeMillis());
        alarm.cancel(false);
        alarm = timer.schedule(() -> moment.complete(null), wait, TimeUnit.MILLISECONDS);
        return moment;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
