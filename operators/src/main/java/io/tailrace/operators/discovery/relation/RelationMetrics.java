package io.tailrace.operators.discovery.relation;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

import io.tailrace.operators.discovery.Entity;

import java.util.EnumMap;
import java.util.Map;

/** What joining spans counts, in the group of the operator's own metrics. */
final class RelationMetrics {

    private final MetricGroup group;
    private final Map<Entity, Counter> found = new EnumMap<>(Entity.class);
    private final Counter withoutParent;
    private final Counter duplicates;
    private final Counter aboveLimit;

    RelationMetrics(MetricGroup group) {
        this.group = group;
        withoutParent = group.counter("spans_without_parent");
        duplicates = group.counter("duplicate_sides");
        aboveLimit = group.counter("sides_above_limit");
    }

    /** By entity: an edge is counted with each call. */
    void found(Entity entity) {
        found.computeIfAbsent(
                        entity, each -> group.addGroup("entity", each.text()).counter("joined"))
                .inc();
    }

    /** Of one that was called, or names a peer: its parent did not come in time. */
    void withoutParent() {
        withoutParent.inc();
    }

    void duplicate() {
        duplicates.inc();
    }

    /** For which there was no room to wait. */
    void aboveLimit() {
        aboveLimit.inc();
    }
}
