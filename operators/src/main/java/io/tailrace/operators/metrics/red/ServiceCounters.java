package io.tailrace.operators.metrics.red;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

import java.util.HashMap;
import java.util.Map;

/**
 * A counter for each service. Registered ones stay as long as the job, so there are only so many;
 * services beyond share one. For one thread.
 */
final class ServiceCounters {

    static final int MOST = 500;

    /** No service has this name: it would be in brackets otherwise. */
    static final String OTHERS = "(others)";

    private static final String NONE = "(none)";

    private final MetricGroup group;
    private final String name;
    private final Map<String, Counter> counters = new HashMap<>();

    ServiceCounters(MetricGroup group, String name) {
        this.group = group;
        this.name = name;
    }

    /**
     * @param service empty where spans have none
     */
    Counter of(String service) {
        Counter known = counters.get(service);
        if (known != null) {
            return known;
        }
        String shown = service.isEmpty() ? NONE : service;
        return counters.computeIfAbsent(
                counters.size() < MOST ? service : OTHERS,
                key ->
                        group.addGroup("service", key.equals(OTHERS) ? OTHERS : shown)
                                .counter(name));
    }
}
