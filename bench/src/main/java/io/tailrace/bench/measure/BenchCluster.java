package io.tailrace.bench.measure;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

import io.tailrace.jobs.cli.live.LocalCluster;
import io.tailrace.jobs.cli.live.SamplingFigures;
import io.tailrace.jobs.run.FlinkOptions;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/**
 * A job in this process as {@code tailrace run} runs it, with everything on disk in a folder for
 * temporary files that goes with it. A job that fails is not restarted.
 */
public final class BenchCluster implements AutoCloseable {

    private static final long POLL_MILLIS = 20;

    private final TemporaryFolder folder;
    private final LocalCluster cluster;
    private final CompletableFuture<JobResult> result;

    /**
     * Starts a job.
     *
     * @param flink options above those of a local run
     * @param job defines it
     */
    public BenchCluster(Map<String, String> flink, Consumer<StreamExecutionEnvironment> job)
            throws IOException {
        folder = new TemporaryFolder();
        Configuration options = FlinkOptions.ofLocalRun(flink, folder.path());
        options.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
        options.set(CoreOptions.TMP_DIRS, folder.path().resolve("tmp").toString());
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(options);
        job.accept(env);
        StreamGraph graph = env.getStreamGraph();
        graph.setJobName("bench");
        try {
            cluster = new LocalCluster(options, folder.path().resolve("savepoints"));
            cluster.submit(graph, null);
            result = cluster.result();
        } catch (Exception failure) {
            throw new IOException("Flink did not start", failure);
        }
    }

    /** Throws what the job failed with, if it has. */
    public void check() throws IOException, InterruptedException {
        if (!result.isDone()) {
            return;
        }
        try {
            JobResult ended = result.get();
            if (ended.getSerializedThrowable().isPresent()) {
                throw new IOException(
                        "The job failed",
                        ended.getSerializedThrowable()
                                .get()
                                .deserializeError(BenchCluster.class.getClassLoader()));
            }
        } catch (ExecutionException failure) {
            throw new IOException("The job failed", failure);
        }
    }

    /** Whether it runs no more, for whatever reason. */
    boolean hasEnded() {
        return result.isDone();
    }

    /** Spans that the job has read so far, by its own counters. */
    public long spansIn() {
        return SamplingFigures.of(cluster.metrics()).spans();
    }

    /** Traces that the job holds, by its own gauge. */
    public long tracesOpen() {
        return SamplingFigures.of(cluster.metrics()).open();
    }

    /**
     * Has a checkpoint made, and waits for it.
     *
     * @return the bytes of all files that it consists of, if it is the job's first
     */
    public long checkpoint() throws IOException, InterruptedException {
        try {
            while (!cluster.allTasksRun()) {
                Thread.sleep(POLL_MILLIS);
                check();
            }
            cluster.checkpoint().get();
        } catch (ExecutionException failure) {
            throw new IOException("The checkpoint failed", failure);
        }
        return folder.bytes("checkpoints");
    }

    /**
     * @param since milliseconds since the epoch
     */
    public Checkpoints checkpoints(long since) throws InterruptedException, IOException {
        try {
            return Checkpoints.of(cluster.checkpoints(), since);
        } catch (ExecutionException failure) {
            throw new IOException("Flink does not tell of its checkpoints", failure);
        }
    }

    @Override
    public void close() throws IOException {
        if (!result.isDone()) {
            cluster.cancel().join();
            result.join();
        }
        cluster.close();
        folder.close();
    }
}
