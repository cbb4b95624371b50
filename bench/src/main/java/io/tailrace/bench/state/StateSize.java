package io.tailrace.bench.state;

import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.CoreOptions;

import io.tailrace.bench.measure.BenchCluster;
import io.tailrace.bench.measure.Run;
import io.tailrace.bench.sampling.SamplingPipeline;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/**
 * What open traces take on disk.
 *
 * @param traces open
 * @param spans of them
 * @param stateBytes of all files of one checkpoint
 * @param chunkBytes of OTLP, split by trace
 * @param requestBytes of OTLP as it came
 */
record StateSize(int traces, long spans, long stateBytes, long chunkBytes, long requestBytes) {

    private static final Duration FOR_EVER = Duration.ofHours(1);

    /** Has the job take in all of the traffic, then makes its first checkpoint. */
    static StateSize measure(HeldTraffic traffic) throws IOException, InterruptedException {
        Map<String, String> flink =
                Map.of(
                        CoreOptions.DEFAULT_PARALLELISM.key(),
                        Integer.toString(traffic.lanes()),
                        CheckpointingOptions.CHECKPOINTING_INTERVAL.key(),
                        FOR_EVER.toMinutes() + " min",
                        CheckpointingOptions.FS_SMALL_FILE_THRESHOLD.key(),
                        "0");
        try (Run run = new Run(traffic);
                BenchCluster cluster =
                        new BenchCluster(
                                flink, env -> SamplingPipeline.sample(env, run, FOR_EVER))) {
            while (run.spans() < traffic.totalSpans() || cluster.tracesOpen() < traffic.traces()) {
                if (run.counted(Run.Outcome.DECISIONS) > 0) {
                    throw new IOException("Traces were decided, and are not open any more");
                }
                Thread.sleep(20);
                cluster.check();
            }
            long bytes = cluster.checkpoint();
            return new StateSize(
                    traffic.traces(),
                    traffic.totalSpans(),
                    bytes,
                    traffic.chunkBytes(),
                    traffic.requestBytes());
        }
    }

    /** State bytes for each byte of the traces' OTLP. */
    double ratio() {
        return (double) stateBytes / chunkBytes;
    }

    double ratioToRequests() {
        return (double) stateBytes / requestBytes;
    }
}
