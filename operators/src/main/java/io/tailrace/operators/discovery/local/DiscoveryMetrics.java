package io.tailrace.operators.discovery.local;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/** What {@link Discovering} tells of itself. */
final class DiscoveryMetrics {

    private final MetricGroup group;
    private final Counter spansWithoutService;
    private final Counter sightingsOut;

    DiscoveryMetrics(MetricGroup group) {
        this.group = group;
        spansWithoutService = group.counter("spans_without_service");
        sightingsOut = group.counter("sightings_out");
    }

    void watch(SeenSpans spans) {
        group.gauge("discovery_shapes", (Gauge<Integer>) spans::shapes);
        group.gauge("discovery_things", (Gauge<Integer>) spans::things);
        group.gauge("discovery_bytes", (Gauge<Long>) spans::bytes);
        group.gauge("discovery_budget_used_up", (Gauge<Long>) spans::timesFull);
        group.gauge("discovery_texts_cut", (Gauge<Long>) spans::textsCut);
    }

    void spanWithoutService() {
        spansWithoutService.inc();
    }

    void sightingOut() {
        sightingsOut.inc();
    }
}
