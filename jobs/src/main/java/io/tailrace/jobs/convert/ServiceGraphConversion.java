package io.tailrace.jobs.convert;

import io.tailrace.jobs.spec.Node;
import io.tailrace.operators.metrics.HistogramSettings;
import io.tailrace.operators.metrics.ServiceGraphSettings;

import java.util.List;

/** Makes the block {@code service_graph} of a connector servicegraph. */
final class ServiceGraphConversion {

    private static final Class<ServiceGraphSettings> BLOCK = ServiceGraphSettings.class;

    private final Notes notes;

    ServiceGraphConversion(Notes notes) {
        this.notes = notes;
    }

    /**
     * The block.
     *
     * @param around the block that it will be in
     */
    Written.Block convert(Section from, Written.Block around) {
        Written.Block into = new Written.Block();
        Section store = from.below("store");
        if (store.look("ttl") == null) {
            notes.changed(
                    from.node(),
                    from.path("store.ttl"),
                    "not given: sides wait for each other 30s here, not 2s");
        }
        store.carryDuration("ttl", BLOCK, "pairing_wait", into);
        store.left(
                "max_items", "no call is refused: sides beyond resident_budget are in state alone");
        store.rest("store");
        histogram(from, into);
        from.carry("virtual_node_peer_attributes", BLOCK, "virtual_node_peer_attributes", into);
        boolean several =
                from.carry("database_name_attributes", BLOCK, "database_name_attributes", into);
        if (several) {
            from.left("database_name_attribute", "database_name_attributes holds");
        } else {
            from.carry(
                    "database_name_attribute",
                    BLOCK,
                    "database_name_attributes",
                    into,
                    one -> new Node.Sequence(List.of(one), one.location()),
                    "");
        }
        if (around.has("window")) {
            from.left("metrics_flush_interval", "there is one window for spans and calls");
        } else {
            MetricsConversion.window(from, around);
        }
        from.left(
                "dimensions", "calls have the dimensions client, server and connection_type alone");
        from.left("virtual_node_extra_label", "connection_type says virtual_node");
        from.left("store_expiration_loop", "a side is told as soon as its wait is over");
        from.left("cache_loop", "series are forgotten after series_expiration");
        from.left("metrics_timestamp_offset", "samples have the time of their windows");
        from.left("metrics_exporter", "metrics go to sinks.metrics");
        return into;
    }

    private static void histogram(Section from, Written.Block into) {
        Written.Block explicit =
                Buckets.of(from, "latency_histogram_buckets", "is now histogram.explicit.buckets");
        Written.Block exponential = new Written.Block();
        String size = "exponential_histogram_max_size";
        if ("0".equals(from.text(size))) {
            from.carried(size);
        } else {
            from.carry(size, HistogramSettings.Exponential.class, "max_size", exponential);
        }
        if (!explicit.isEmpty()) {
            into.put("histogram", new Written.Block().put("explicit", explicit));
        } else if (!exponential.isEmpty()) {
            into.put("histogram", new Written.Block().put("exponential", exponential));
        }
    }
}
