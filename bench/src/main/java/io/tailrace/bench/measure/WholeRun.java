package io.tailrace.bench.measure;

import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import io.tailrace.bench.measure.Run.Outcome;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A run with state in RocksDB: warm-up, the measured part, and the end of all input, after which it
 * can be told whether all that was sent came out.
 *
 * @param warmUp the least time before the measured part
 * @param measured how long that is
 */
public record WholeRun(Duration warmUp, Duration measured) {

    /**
     * Runs a job to its end.
     *
     * @param job defines it
     * @param eventTime how much of it passes before the job does all that it will do
     * @param warm what else must be before the measured part
     * @param part runs as the measured part begins, and is closed as it ends
     * @throws IOException where the job failed
     */
    public Measured take(
            Run run,
            Consumer<StreamExecutionEnvironment> job,
            Duration eventTime,
            BooleanSupplier warm,
            MeasuredPart part)
            throws IOException, InterruptedException {
        Map<String, String> flink =
                Map.of(
                        StateBackendOptions.STATE_BACKEND.key(),
                        "rocksdb",
                        CoreOptions.DEFAULT_PARALLELISM.key(),
                        Integer.toString(run.traffic().lanes()));
        long reached = run.traffic().arrival(0, 0) + eventTime.toMillis();
        try (BenchCluster cluster = new BenchCluster(flink, job)) {
            Course course = new Course(run, cluster);
            long begun = System.nanoTime();
            course.warmUp(
                    () ->
                            System.nanoTime() - begun >= warmUp.toNanos()
                                    && run.arrival() >= reached
                                    && warm.getAsBoolean());
            part.begin();
            long since = System.currentTimeMillis();
            course.measure(measured);
            Checkpoints checkpoints = cluster.checkpoints(since);
            part.end();
            course.finish();
            return new Measured(run.rate(), run.longestGapNanos() / 1e6, checkpoints);
        }
    }

    /**
     * A mode that does not do its work must not look fast.
     *
     * @throws IOException where there are dead letters
     */
    public static void requireNoDeadLetters(Object mode, Run run) throws IOException {
        long letters = run.counted(Outcome.DEAD_LETTERS);
        if (letters > 0) {
            throw new IOException("%s: %d dead letters, of good spans".formatted(mode, letters));
        }
    }

    /**
     * The same, of spans that did not come out.
     *
     * @param outcome which spans come to, each once
     * @throws IOException where not all did
     */
    public static void requireAllSpans(Object mode, Run run, Outcome outcome) throws IOException {
        if (run.counted(outcome) != run.spans()) {
            throw new IOException(
                    "%s: %,d spans were sent, but %,d came out"
                            .formatted(mode, run.spans(), run.counted(outcome)));
        }
    }
}
