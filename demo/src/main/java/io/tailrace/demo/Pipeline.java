package io.tailrace.demo;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

import io.tailrace.jobs.cli.Failures;
import io.tailrace.jobs.cli.live.LiveMetrics;
import io.tailrace.jobs.cli.live.LocalCluster;
import io.tailrace.jobs.pipeline.PipelineSpec;
import io.tailrace.jobs.run.FlinkOptions;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The pipeline in a Flink of its own, from its start to its end. */
final class Pipeline implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long POLL_MILLIS = 100;

    private final LocalCluster cluster;
    private final CompletableFuture<JobResult> result;

    /**
     * Submits it.
     *
     * @param folder for its checkpoints
     */
    Pipeline(PipelineSpec spec, Path folder) throws Exception {
        Configuration options = FlinkOptions.ofLocalRun(spec.flink(), folder);
        options.set(CoreOptions.TMP_DIRS, folder.resolve("temporary").toString());
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(options);
        spec.define(env);
        StreamGraph graph = env.getStreamGraph();
        graph.setJobName(spec.name());
        cluster = new LocalCluster(options, folder.resolve("savepoints"));
        try {
            cluster.submit(graph, null);
            result = cluster.result();
        } catch (Exception failure) {
            cluster.close();
            throw failure;
        }
    }

    /** Until all of it works, or has failed. */
    void awaitStart() throws Exception {
        long begun = System.nanoTime();
        while (failure().isEmpty() && !cluster.allTasksRun()) {
            if (System.nanoTime() - begun > PATIENCE.toNanos()) {
                throw new DemoException(
                        "The job did not start within " + PATIENCE.toSeconds() + " s");
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    URI webAddress() throws Exception {
        return cluster.webAddress();
    }

    LiveMetrics metrics() {
        return cluster.metrics();
    }

    /** Why the job ended by itself, in one line; empty while it runs. */
    Optional<String> failure() throws Exception {
        if (!result.isDone()) {
            return Optional.empty();
        }
        var thrown = result.get().getSerializedThrowable();
        return Optional.of(
                thrown.isEmpty()
                        ? "it ended by itself"
                        : Failures.inOneLine(
                                thrown.get().deserializeError(Pipeline.class.getClassLoader())));
    }

    void failIfEnded() throws Exception {
        Optional<String> failure = failure();
        if (failure.isPresent()) {
            throw new DemoException("The job failed: " + failure.get());
        }
    }

    boolean isRunning() {
        return !result.isDone();
    }

    /** Settles and writes all that is open, and ends the job. */
    void drain() throws Exception {
        cluster.drain().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        result.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        cluster.close();
    }
}
