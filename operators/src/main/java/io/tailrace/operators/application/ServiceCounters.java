package io.tailrace.operators.application;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

import java.util.HashMap;
import java.util.Map;

/**
 * One counter for each service. Services without end would be metrics without end, so those past
 * the first thousand share one.
 */
public final class ServiceCounters {

    /** How many services have a counter of their own. */
    public static final int MOST_SERVICES = 1000;

    /** Whom the rest is counted under. */
    public static final String REST = "__overflow__";

    private static final String NONE = "(none)";

    private final MetricGroup group;
    private final String name;
    private final Map<String, Counter> counters = new HashMap<>();

    /**
     * @param group that of all metrics of this project
     * @param name of each counter, below the service
     */
    public ServiceCounters(MetricGroup group, String name) {
        this.group = group;
        this.name = name;
    }

    /**
     * @param service empty where spans have none
     */
    public void add(String service, long count) {
        counter(service).inc(count);
    }

    private Counter counter(String service) {
        Counter known = counters.get(service);
        if (known != null) {
            return known;
        }
        return counters.computeIfAbsent(
                counters.size() < MOST_SERVICES ? service : REST,
                each -> group.addGroup("service", each.isEmpty() ? NONE : each).counter(name));
    }
}
