package io.tailrace.jobs.testing;

import io.tailrace.jobs.cli.live.SamplingFigures;

import java.nio.file.Path;

/** A job of tail sampling in this process; see {@link JobRun}. */
public final class SamplingRun implements AutoCloseable {

    private final JobRun job;

    private SamplingRun(JobRun job) {
        this.job = job;
    }

    /**
     * @param spec YAML
     * @param folder for checkpoints
     */
    public static SamplingRun start(String spec, Path folder, int parallelism) throws Exception {
        return new SamplingRun(JobRun.start(spec, folder, parallelism));
    }

    /** Runs a job whose input is bounded; gives its last figures. */
    public static SamplingFigures toEnd(String spec, Path folder, int parallelism)
            throws Exception {
        try (SamplingRun run = start(spec, folder, parallelism)) {
            return run.end();
        }
    }

    /** Waits until its input ends. */
    public SamplingFigures end() throws Exception {
        job.end();
        return figures();
    }

    public SamplingFigures figures() {
        return SamplingFigures.of(job.metrics());
    }

    /** Waits until all of it runs. */
    public void awaitTasks() {
        job.awaitTasks();
    }

    /** Stops it with a savepoint, so that all it has decided is written. */
    public void stop() throws Exception {
        job.stop();
    }

    @Override
    public void close() {
        job.close();
    }
}
