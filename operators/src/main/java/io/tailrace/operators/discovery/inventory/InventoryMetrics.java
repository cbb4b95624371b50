package io.tailrace.operators.discovery.inventory;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

import io.tailrace.operators.discovery.Entity;

import java.util.EnumMap;
import java.util.Map;

/**
 * What an inventory counts, in the group {@code tailrace}, by entity. After a restore {@code
 * entities} has an application's things from its first sighting or expiry on.
 */
final class InventoryMetrics {

    private final Map<Entity, Counts> counts = new EnumMap<>(Entity.class);
    private final Counter hostsLost;
    private final Counter hostsLostUnknown;

    InventoryMetrics(MetricGroup operator) {
        MetricGroup group = operator.addGroup("tailrace");
        for (Entity entity : Entity.values()) {
            counts.put(entity, new Counts(group.addGroup("entity", entity.text())));
        }
        hostsLost = group.counter("hosts_lost");
        hostsLostUnknown = group.counter("hosts_lost_unknown");
    }

    Counts of(Entity entity) {
        return counts.get(entity);
    }

    void hostLost() {
        hostsLost.inc();
    }

    /** An event for which this subtask has no host; another one may have it. */
    void hostLostUnknown() {
        hostsLostUnknown.inc();
    }

    /** Of one entity. */
    static final class Counts {
        private final Counter found;
        private final Counter upserts;
        private final Counter expired;
        private final Counter evicted;
        private final Counter overflowed;
        private final Counter tooOld;
        private long entities;

        Counts(MetricGroup group) {
            group.gauge("entities", () -> entities);
            found = group.counter("found");
            upserts = group.counter("upserts");
            expired = group.counter("expired");
            evicted = group.counter("evicted");
            overflowed = group.counter("overflowed");
            tooOld = group.counter("sightings_past_ttl");
        }

        /**
         * @param more below 0 where there are fewer
         */
        void add(int more) {
            entities += more;
        }

        /** Something that was not there. */
        void found() {
            found.inc();
        }

        void upsert() {
            upserts.inc();
        }

        void expired() {
            expired.inc();
        }

        void evicted() {
            evicted.inc();
        }

        /** A sighting whose name became that which stands for all others. */
        void overflowed() {
            overflowed.inc();
        }

        /** A sighting of something unknown that would have gone already. */
        void tooOld() {
            tooOld.inc();
        }
    }
}
