package io.tailrace.operators.sampling;

import org.apache.flink.api.common.JobID;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.executiongraph.ExecutionAttemptID;
import org.apache.flink.runtime.metrics.groups.TaskManagerMetricGroup;
import org.apache.flink.runtime.metrics.groups.TaskMetricGroup;
import org.apache.flink.runtime.metrics.util.TestingMetricRegistry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What operators register in the group {@code tailrace}, by the path that users see below it. */
public final class RecordedMetrics {

    private final Map<String, List<Metric>> metrics = new HashMap<>();
    private final TaskManagerMetricGroup taskManager;

    public RecordedMetrics() {
        TestingMetricRegistry registry =
                TestingMetricRegistry.builder().setRegisterConsumer(this::registered).build();
        taskManager =
                TaskManagerMetricGroup.createTaskManagerMetricGroup(
                        registry, "localhost", ResourceID.generate());
    }

    private void registered(Metric metric, String name, MetricGroup group) {
        String path = String.join(".", group.getScopeComponents()) + "." + name;
        int ours = path.indexOf(".tailrace.");
        if (ours >= 0) {
            metrics.computeIfAbsent(
                            path.substring(ours + ".tailrace.".length()), any -> new ArrayList<>())
                    .add(metric);
        }
    }

    public TaskMetricGroup task() {
        return taskManager
                .addJob(new JobID(), "job")
                .addTask(ExecutionAttemptID.randomId(), "task");
    }

    public long sum(String path) {
        if (!metrics.containsKey(path)) {
            throw new AssertionError("No metric " + path + " among " + metrics.keySet());
        }
        return metrics.get(path).stream().mapToLong(RecordedMetrics::value).sum();
    }

    /** Of all values in histograms. */
    long greatest(String path) {
        return metrics.get(path).stream()
                .mapToLong(metric -> ((Histogram) metric).getStatistics().getMax())
                .max()
                .orElseThrow();
    }

    /** Of a histogram the number of its values. */
    private static long value(Metric metric) {
        if (metric instanceof Counter counter) {
            return counter.getCount();
        }
        return metric instanceof Histogram histogram
                ? histogram.getCount()
                : ((Number) ((Gauge<?>) metric).getValue()).longValue();
    }
}
