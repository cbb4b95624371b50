package io.tailrace.jobs.deploy;

import org.apache.flink.autoscaler.config.AutoScalerOptions;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.state.rocksdb.RocksDBOptions;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which options Flink knows: it passes over others without a word. */
final class KnownOptions {

    private static final List<Class<?>> HOLDERS =
            List.of(
                    AutoScalerOptions.class,
                    CheckpointingOptions.class,
                    CoreOptions.class,
                    HeartbeatManagerOptions.class,
                    HighAvailabilityOptions.class,
                    JobManagerOptions.class,
                    MetricOptions.class,
                    RestartStrategyOptions.class,
                    RestOptions.class,
                    RocksDBOptions.class,
                    StateBackendOptions.class,
                    TaskManagerOptions.class,
                    WebOptions.class);

    /** Of plugins and of the operator, whose options are no class that can be had alone. */
    private static final Set<String> OTHERS =
            Set.of(
                    "kubernetes.operator.job.restart.failed",
                    "kubernetes.operator.periodic.savepoint.interval",
                    "kubernetes.operator.pod-template.merge-arrays-by-name",
                    "kubernetes.operator.savepoint.history.max.age",
                    "kubernetes.operator.savepoint.history.max.count",
                    "metrics.reporter.prom.factory.class",
                    "metrics.reporter.prom.port",
                    "s3.endpoint",
                    "s3.path.style.access");

    private KnownOptions() {}

    /** Options that nobody knows, and values that they do not take. */
    static List<String> problems(Map<String, String> options) throws IllegalAccessException {
        Map<String, ConfigOption<?>> known = known();
        Configuration configuration = Configuration.fromMap(options);
        List<String> problems = new ArrayList<>();
        for (String key : options.keySet()) {
            if (OTHERS.contains(key)) {
                continue;
            } else if (!known.containsKey(key)) {
                problems.add(key + " is not known");
                continue;
            }
            try {
                configuration.get(known.get(key));
            } catch (IllegalArgumentException refused) {
                problems.add(key + ": " + refused.getMessage());
            }
        }
        return problems;
    }

    private static Map<String, ConfigOption<?>> known() throws IllegalAccessException {
        Map<String, ConfigOption<?>> known = new HashMap<>();
        for (Class<?> holder : HOLDERS) {
            for (Field field : holder.getFields()) {
                if (field.getType() == ConfigOption.class) {
                    ConfigOption<?> option = (ConfigOption<?>) field.get(null);
                    known.put(option.key(), option);
                }
            }
        }
        return known;
    }
}
