package io.tailrace.jobs;

import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** The options of Flink that a job runs with. */
public final class FlinkOptions {

    /** Never to change: savepoints of another maximum cannot be read. It has many divisors. */
    public static final int MAX_PARALLELISM = 720;

    private FlinkOptions() {}

    /**
     * What every job must run with, wherever it runs; then the spec's own.
     *
     * @param spec the block {@code flink}
     */
    public static Configuration ofJob(Map<String, String> spec) {
        Configuration options = new Configuration();
        options.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(10));
        options.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        options.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
        options.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
        options.set(PipelineOptions.MAX_PARALLELISM, MAX_PARALLELISM);
        options.set(PipelineOptions.OBJECT_REUSE, true);
        // An operator without a uid, or a type without a serializer of ours, must not start.
        options.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        options.set(PipelineOptions.GENERIC_TYPES, false);
        spec.forEach(options::setString);
        return options;
    }

    /**
     * The same for a run in this process: checkpoints and savepoints beside the run's results, and
     * an end to restarts, so that a job which cannot work says so.
     *
     * @param folder the run's own
     */
    public static Configuration ofLocalRun(Map<String, String> spec, URI folder) {
        Configuration options = new Configuration();
        options.set(CoreOptions.DEFAULT_PARALLELISM, 2);
        options.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                folder.resolve("checkpoints").toString());
        options.set(
                CheckpointingOptions.SAVEPOINT_DIRECTORY, folder.resolve("savepoints").toString());
        options.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
        options.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF,
                Duration.ofSeconds(1));
        options.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF,
                Duration.ofSeconds(15));
        options.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_ATTEMPTS, 8);
        options.addAll(ofJob(spec));
        return options;
    }
}
