package io.tailrace.bench.measure;

import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Takes a job through the parts of a run. */
public record Course(Run run, BenchCluster cluster) {

    private static final long POLL_MILLIS = 20;

    /** Waits until it is warm. */
    public void warmUp(BooleanSupplier warm) throws IOException, InterruptedException {
        while (!warm.getAsBoolean()) {
            pause();
        }
    }

    /** The measured part. */
    public void measure(Duration length) throws IOException, InterruptedException {
        run.enter(Run.Phase.MEASURED);
        long end = System.nanoTime() + length.toNanos();
        while (System.nanoTime() < end) {
            pause();
        }
        run.enter(Run.Phase.OVER);
    }

    /** Has the lanes end, and waits until all that they sent is worked off. */
    public void finish() throws IOException, InterruptedException {
        run.enter(Run.Phase.ENDING);
        while (!cluster.hasEnded()) {
            Thread.sleep(POLL_MILLIS);
        }
        cluster.check();
    }

    private void pause() throws IOException, InterruptedException {
        Thread.sleep(POLL_MILLIS);
        cluster.check();
    }
}
