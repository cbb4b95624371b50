package io.tailrace.jobs.run;

import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.state.rocksdb.RocksDBConfigurableOptions;
import org.apache.flink.state.rocksdb.RocksDBOptions;

import org.rocksdb.CompressionType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The options of Flink that a job runs with: the spec's before the cluster's before ours. */
public final class FlinkOptions {

    /** Never to change: savepoints of another maximum cannot be read. It has many divisors. */
    public static final int MAX_PARALLELISM = 720;

    private FlinkOptions() {}

    /**
     * For a cluster.
     *
     * @param spec the block {@code flink}
     * @param cluster what the cluster, or who submits, has set
     * @param folder where checkpoints and savepoints go if nobody says where; not to the
     *     JobManager's heap, where Flink would keep them
     */
    public static Configuration ofJob(
            Map<String, String> spec, Configuration cluster, Path folder) {
        Configuration options = new Configuration(cluster);
        unlessSet(options, CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(10));
        unlessSet(
                options,
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        unlessSet(options, CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
        unlessSet(
                options,
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                folder.resolve("checkpoints").toUri().toString());
        unlessSet(
                options,
                CheckpointingOptions.SAVEPOINT_DIRECTORY,
                folder.resolve("savepoints").toUri().toString());
        setOwn(options);
        // By an option's key of today, or a default of ours would hide what an older key says.
        spec.forEach((key, value) -> options.setString(UsualOptions.today(key), value));
        return options;
    }

    /**
     * For a run in this process: with an end to restarts, so that a job which cannot work says so.
     */
    public static Configuration ofLocalRun(Map<String, String> spec, Path folder) {
        Configuration options = new Configuration();
        options.set(CoreOptions.DEFAULT_PARALLELISM, 2);
        options.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
        options.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF,
                Duration.ofSeconds(1));
        options.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF,
                Duration.ofSeconds(15));
        options.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_ATTEMPTS, 8);
        return ofJob(spec, options, folder);
    }

    /**
     * For a run in this process of which nothing is to stay: by one thread, without checkpoints,
     * and so without restarts.
     */
    public static Configuration ofPreview() {
        Configuration options = new Configuration();
        options.set(CoreOptions.DEFAULT_PARALLELISM, 1);
        options.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
        setOwn(options);
        return options;
    }

    private static void setOwn(Configuration options) {
        unlessSet(options, StateBackendOptions.STATE_BACKEND, "rocksdb");
        setRocksDb(options);
        unlessSet(options, PipelineOptions.MAX_PARALLELISM, MAX_PARALLELISM);
        unlessSet(options, PipelineOptions.OBJECT_REUSE, true);
        // An operator without a uid, or a type without a serializer of ours, must not start.
        options.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        options.set(PipelineOptions.GENERIC_TYPES, false);
    }

    /**
     * State here is written often, read seldom, and dies young: memory is for what is written, what
     * is not there must be known without a look, and what is compressed already is not compressed
     * again.
     */
    private static void setRocksDb(Configuration options) {
        unlessSet(
                options,
                RocksDBConfigurableOptions.COMPRESSION_PER_LEVEL,
                List.of(CompressionType.NO_COMPRESSION));
        unlessSet(options, RocksDBConfigurableOptions.USE_BLOOM_FILTER, true);
        unlessSet(options, RocksDBOptions.WRITE_BUFFER_RATIO, 0.8);
        // What a snapshot writes at once must not wait for what it wrote just before.
        unlessSet(options, RocksDBConfigurableOptions.MAX_WRITE_BUFFER_NUMBER, 4);
    }

    private static <T> void unlessSet(Configuration options, ConfigOption<T> option, T value) {
        if (!options.contains(option)) {
            options.set(option, value);
        }
    }
}
