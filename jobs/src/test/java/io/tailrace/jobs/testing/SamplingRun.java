package io.tailrace.jobs.testing;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

import io.tailrace.jobs.cli.live.LocalCluster;
import io.tailrace.jobs.cli.live.SamplingFigures;
import io.tailrace.jobs.run.FlinkOptions;
import io.tailrace.jobs.spec.SpecReader;
import io.tailrace.jobs.spec.SpecResult;
import io.tailrace.jobs.tailsampling.TailSamplingJob;
import io.tailrace.jobs.tailsampling.TailSamplingSpec;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** A job in this process. It is never restarted: a failure of the job is one of the test. */
public final class SamplingRun implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 120;

    private final LocalCluster cluster;

    private SamplingRun(LocalCluster cluster) {
        this.cluster = cluster;
    }

    /**
     * @param spec YAML
     * @param folder for checkpoints
     */
    public static SamplingRun start(String spec, Path folder, int parallelism) throws Exception {
        List<String> sets = new ArrayList<>();
        sets.add("flink.parallelism.default=" + parallelism);
        sets.add("flink.restart-strategy.type=disable");
        SpecResult<TailSamplingSpec> read =
                SpecReader.read("test", spec, TailSamplingSpec.class, sets, Map.of());
        assertThat(read.problems()).as("problems of\n%s", spec).isEmpty();
        Configuration options = FlinkOptions.ofLocalRun(read.value().flink(), folder);
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(options);
        TailSamplingJob.define(env, read.value());
        StreamGraph graph = env.getStreamGraph();
        graph.setJobName(read.value().name());
        SamplingRun run = new SamplingRun(new LocalCluster(options, folder.resolve("savepoints")));
        try {
            run.cluster.submit(graph, null);
            return run;
        } catch (Exception failure) {
            run.close();
            throw failure;
        }
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
        JobResult result = cluster.result().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (result.getSerializedThrowable().isPresent()) {
            throw new AssertionError(
                    "The job failed",
                    result.getSerializedThrowable()
                            .get()
                            .deserializeError(SamplingRun.class.getClassLoader()));
        }
        return SamplingFigures.of(cluster.metrics());
    }

    public SamplingFigures figures() {
        return SamplingFigures.of(cluster.metrics());
    }

    /** Stops it with a savepoint, so that all it has decided is written. */
    public void stop() throws Exception {
        cluster.stopWithSavepoint().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        end();
    }

    @Override
    public void close() {
        cluster.close();
    }
}
