package io.tailrace.jobs.cli.live;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sums the job's own metrics over its subtasks, within this process. What a subtask counted stays
 * in the sums when it ends.
 */
public final class LiveMetrics implements MetricReporter {

    /** The option that says which run a reporter belongs to. */
    static final String RUN = "run";

    private static final Map<String, LiveMetrics> RUNS = new ConcurrentHashMap<>();
    private static final String GROUP = "tailrace";

    /** Where a metric has several of them, the first tells it apart. */
    private static final List<String> LABELS =
            List.of(
                    "<decision>",
                    "<reason>",
                    "<trigger>",
                    "<policy>",
                    "<dimension>",
                    "<entity>",
                    "<service>");

    /** Flink's own count of the job's restarts. */
    static final String RESTARTS = "numRestarts";

    private final Map<Metric, String> live = new HashMap<>();
    private final Map<String, Long> ended = new HashMap<>();

    /** The last values of gauges, by metric and subtask, until the subtask is there again. */
    private final Map<String, Long> lastGauges = new HashMap<>();

    /** The metrics of a run, made when first asked for. */
    static LiveMetrics ofRun(String run) {
        return RUNS.computeIfAbsent(run, name -> new LiveMetrics());
    }

    static void forget(String run) {
        RUNS.remove(run);
    }

    @Override
    public void open(MetricConfig config) {}

    @Override
    public void close() {}

    @Override
    public synchronized void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
        if (name.equals(RESTARTS)) {
            live.put(metric, RESTARTS);
            return;
        }
        for (String component : group.getScopeComponents()) {
            if (component.equals(GROUP)) {
                live.put(metric, key(name, group));
                lastGauges.remove(gaugeKey(name, group));
                return;
            }
        }
    }

    @Override
    public synchronized void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
        String key = live.remove(metric);
        if (key != null && metric instanceof Counter counter) {
            ended.merge(key, counter.getCount(), Long::sum);
        } else if (key != null) {
            lastGauges.put(gaugeKey(key, group), value(metric));
        }
    }

    private static String gaugeKey(String key, MetricGroup group) {
        return key + '@' + group.getAllVariables().get("<subtask_index>");
    }

    /** The name, and behind a dot the value that the metric is for, such as a reason. */
    private static String key(String name, MetricGroup group) {
        Map<String, String> variables = group.getAllVariables();
        for (String label : LABELS) {
            if (variables.containsKey(label)) {
                return name + "." + variables.get(label);
            }
        }
        return name;
    }

    /** The sum of a metric; 0 where it is not known. */
    public synchronized long sum(String key) {
        long sum = ended.getOrDefault(key, 0L);
        for (Map.Entry<Metric, String> entry : live.entrySet()) {
            if (entry.getValue().equals(key)) {
                sum += value(entry.getKey());
            }
        }
        for (Map.Entry<String, Long> entry : lastGauges.entrySet()) {
            if (entry.getKey().startsWith(key + '@')) {
                sum += entry.getValue();
            }
        }
        return sum;
    }

    /** The sums of all metrics of a name that are for some value, by that value; none that is 0. */
    public synchronized Map<String, Long> sums(String name) {
        Map<String, Long> sums = new TreeMap<>();
        ended.forEach((key, value) -> add(sums, name, key, value));
        live.forEach((metric, key) -> add(sums, name, key, value(metric)));
        sums.values().removeIf(sum -> sum == 0);
        return sums;
    }

    /** The sum over all values that the metrics of a name are for. */
    long sumOfAll(String name) {
        return sums(name).values().stream().mapToLong(Long::longValue).sum();
    }

    private static void add(Map<String, Long> sums, String name, String key, long value) {
        if (key.startsWith(name + ".")) {
            sums.merge(key.substring(name.length() + 1), value, Long::sum);
        }
    }

    private static long value(Metric metric) {
        if (metric instanceof Counter counter) {
            return counter.getCount();
        }
        return metric instanceof Gauge<?> gauge && gauge.getValue() instanceof Number number
                ? number.longValue()
                : 0;
    }
}
