package io.tailrace.jobs.testing;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

import io.tailrace.jobs.JobSpec;
import io.tailrace.jobs.cli.JobSpecs;
import io.tailrace.jobs.cli.live.LiveMetrics;
import io.tailrace.jobs.cli.live.LocalCluster;
import io.tailrace.jobs.run.FlinkOptions;
import io.tailrace.jobs.spec.SpecReader;
import io.tailrace.jobs.spec.SpecResult;
import io.tailrace.sinks.testing.PostgresServer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A job in this process. It is never restarted: a failure of the job is one of the test. */
public final class JobRun implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 240;

    private final LocalCluster cluster;

    private JobRun(LocalCluster cluster) {
        this.cluster = cluster;
    }

    /**
     * @param spec YAML
     * @param folder for checkpoints
     */
    public static JobRun start(String spec, Path folder, int parallelism) throws Exception {
        return start(spec, folder, parallelism, null);
    }

    /**
     * @param from a checkpoint to go on from, or null
     */
    public static JobRun start(String spec, Path folder, int parallelism, String from)
            throws Exception {
        List<String> sets = new ArrayList<>();
        sets.add("flink.parallelism.default=" + parallelism);
        sets.add("flink.restart-strategy.type=disable");
        SpecResult<JobSpec> read =
                SpecReader.read(
                        "test",
                        spec,
                        JobSpecs.KINDS,
                        sets,
                        Map.of(PostgresServer.PASSWORD_VARIABLE, PostgresServer.password()));
        assertThat(read.problems()).as("problems of\n%s", spec).isEmpty();
        Configuration options = FlinkOptions.ofLocalRun(read.value().flink(), folder);
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(options);
        read.value().define(env);
        StreamGraph graph = env.getStreamGraph();
        graph.setJobName(read.value().name());
        JobRun run = new JobRun(new LocalCluster(options, folder.resolve("savepoints")));
        try {
            run.cluster.submit(graph, from);
            return run;
        } catch (Exception failure) {
            run.close();
            throw failure;
        }
    }

    /** Waits until its input ends. */
    public void end() throws Exception {
        JobResult result = cluster.result().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (result.getSerializedThrowable().isPresent()) {
            throw new AssertionError(
                    "The job failed",
                    result.getSerializedThrowable()
                            .get()
                            .deserializeError(JobRun.class.getClassLoader()));
        }
    }

    public LiveMetrics metrics() {
        return cluster.metrics();
    }

    /** Makes a checkpoint. */
    public void checkpoint() throws Exception {
        awaitTasks();
        cluster.checkpoint().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Of the runs whose checkpoints are in a folder; to go on from. */
    public static String newestCheckpoint(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve("checkpoints"))) {
            return all.filter(path -> path.endsWith("_metadata"))
                    .map(Path::getParent)
                    .max(
                            Comparator.comparingInt(
                                    path ->
                                            Integer.parseInt(
                                                    path.getFileName().toString().substring(4))))
                    .orElseThrow()
                    .toString();
        }
    }

    /** Stops it with a savepoint, so that all it has decided is written. */
    public void stop() throws Exception {
        awaitTasks();
        cluster.stopWithSavepoint().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        end();
    }

    /**
     * Waits until all of it runs, or it has ended. A source may already read while other tasks
     * start; until then Flink refuses checkpoints.
     */
    public void awaitTasks() {
        await().atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .until(() -> cluster.allTasksRun() || cluster.status().isTerminalState());
    }

    /** Ends it at once; what came after the last checkpoint is lost. */
    public void cancel() throws Exception {
        cluster.cancel().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        cluster.result().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        cluster.close();
    }
}
