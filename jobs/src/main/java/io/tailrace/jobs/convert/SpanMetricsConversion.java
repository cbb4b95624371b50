package io.tailrace.jobs.convert;

import io.tailrace.operators.metrics.EventSettings;
import io.tailrace.operators.metrics.HistogramSettings;
import io.tailrace.operators.metrics.LimitSettings;
import io.tailrace.operators.metrics.VirtualMetricsSettings;

import java.util.ArrayList;
import java.util.List;

/** Makes what {@code virtual_metrics} has of a connector spanmetrics. */
final class SpanMetricsConversion {

    private static final Class<VirtualMetricsSettings> BLOCK = VirtualMetricsSettings.class;
    private static final String ONE_SET =
            "calls and durations have the same dimensions; add to dimensions what is wanted";

    private final Notes notes;
    private final DimensionsConversion dimensions;

    SpanMetricsConversion(Notes notes) {
        this.notes = notes;
        this.dimensions = new DimensionsConversion(notes);
    }

    void convert(Section from, Written.Block into) {
        MetricsConversion.window(from, into);
        namespace(from);
        notes.changed(
                from.node(),
                from.path(),
                "no label collector.instance.id: the job as a whole writes each series");
        dimensions.ofSeries(from, into);
        from.left("calls_dimensions", ONE_SET);
        histogram(from.below("histogram"), into);
        events(from.below("events"), into);
        expiration(from, into);
        limit(from, into);
        from.leftAsForeign(
                BLOCK,
                "dimensions_cache_size",
                "resource_metrics_cache_size",
                "resource_metrics_key_attributes");
        from.left("metric_timestamp_cache_size", "nothing is forgotten before series_expiration");
        from.left("include_instrumentation_scope", "spans of all scopes are counted");
        from.left(
                "add_resource_attributes",
                "series have their dimensions alone; name in dimensions what is wanted");
        from.left(
                "enable_metrics_sampling_method",
                "sampled spans (ot=th) always count for as many as they stand for");
    }

    private static void namespace(Section from) {
        String key = "namespace";
        if ("traces.span.metrics".equals(from.text(key))) {
            from.carried(key);
        } else {
            from.left(key, "with naming otel metrics are called traces.span.metrics.*");
        }
    }

    private static void limit(Section from, Written.Block into) {
        Written.Block limits = new Written.Block();
        if ("0".equals(from.text("aggregation_cardinality_limit"))) {
            from.left(
                    "aggregation_cardinality_limit",
                    "0 is off there; here limits.max_series is 10000 unless given");
        } else if (from.carry(
                "aggregation_cardinality_limit",
                LimitSettings.class,
                "max_series",
                limits,
                node -> node,
                "is now limits.max_series, of each application and service; what is beyond has"
                        + " __overflow__ in the dimension with too many values")) {
            into.put("limits", limits);
        }
    }

    private static void histogram(Section from, Written.Block into) {
        if (from.isTrue("disable")) {
            from.left("disable", "durations are always counted");
        } else {
            from.carried("disable");
        }
        if ("s".equals(from.text("unit"))) {
            from.left("unit", "durations are metrics in milliseconds");
        } else {
            from.carried("unit");
        }
        from.left("dimensions", ONE_SET);
        Section buckets = from.below("explicit");
        Written.Block explicit = Buckets.of(buckets, "buckets", "");
        buckets.rest("explicit histograms");
        Written.Block exponential = new Written.Block();
        boolean powers = from.look("exponential") != null;
        Section size = from.below("exponential");
        size.carry("max_size", HistogramSettings.Exponential.class, "max_size", exponential);
        size.rest("exponential histograms");
        if (powers && explicit.isEmpty()) {
            into.put("histogram", new Written.Block().put("exponential", exponential));
        } else if (!explicit.isEmpty()) {
            into.put("histogram", new Written.Block().put("explicit", explicit));
        }
        from.rest("histogram");
    }

    private void events(Section from, Written.Block into) {
        Written.Block events = new Written.Block();
        from.carry("enabled", EventSettings.class, "enabled", events);
        dimensions.ofEvents(from, events);
        if (!events.isEmpty()) {
            into.put("events", events);
        }
        from.rest("events");
    }

    /** The one for series holds, where there are both. */
    private static void expiration(Section from, Written.Block into) {
        List<String> given = new ArrayList<>();
        for (String key : List.of("series_expiration", "metrics_expiration")) {
            String text = from.text(key);
            if (text != null && text.matches("0[a-zµ]*")) {
                from.left(
                        key,
                        "series that come no more are always forgotten, after 1h unless given");
            } else if (from.look(key) != null && !given.isEmpty()) {
                from.left(key, "series go by series_expiration, whatever their resource");
            } else if (from.carryDuration(key, BLOCK, "series_expiration", into)) {
                given.add(key);
            }
        }
    }
}
