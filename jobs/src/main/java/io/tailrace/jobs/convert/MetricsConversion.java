package io.tailrace.jobs.convert;

import io.tailrace.jobs.spec.Durations;
import io.tailrace.jobs.spec.Node;
import io.tailrace.operators.metrics.DimensionSettings;
import io.tailrace.operators.metrics.EventSettings;
import io.tailrace.operators.metrics.HistogramSettings;
import io.tailrace.operators.metrics.LimitSettings;
import io.tailrace.operators.metrics.VirtualMetricsSettings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes the block {@code virtual_metrics} of the connectors spanmetrics and servicegraph. */
final class MetricsConversion {

    private static final Class<VirtualMetricsSettings> BLOCK = VirtualMetricsSettings.class;
    private static final List<String> OWN_DIMENSIONS =
            List.of("service.name", "span.name", "span.kind", "status.code");

    /**
     * What series_expiration has to cover beside window and pairing_wait: wait, allowed_lateness.
     */
    private static final Duration WAITED = Duration.ofSeconds(10).plusMinutes(5);

    private final Notes notes;

    MetricsConversion(Notes notes) {
        this.notes = notes;
    }

    /**
     * The block.
     *
     * @param spans the connector spanmetrics; null for none
     * @param graph the connector servicegraph; null for none
     */
    Written.Block convert(Section spans, Section graph) {
        Written.Block into = new Written.Block().put("naming", "otel");
        if (spans == null) {
            notes.changed(
                    graph.node(), graph.path(), "metrics of spans are made beside those of calls");
            window(graph, into);
        } else {
            spans(spans, into);
        }
        if (graph == null) {
            into.put("service_graph", new Written.Block().put("enabled", "false"));
        } else {
            Written.Block calls = new ServiceGraphConversion(notes).convert(graph, into);
            if (!calls.isEmpty()) {
                into.put("service_graph", calls);
            }
        }
        keepSeriesLongEnough(spans == null ? graph : spans, into, graph != null);
        return into;
    }

    /** Samples are made as often as the connector flushes. */
    static void window(Section from, Written.Block into) {
        from.carry(
                "metrics_flush_interval",
                BLOCK,
                "window",
                into,
                Section::duration,
                "is now window: spans are counted by windows of their ends, and a sample is made of"
                        + " each");
    }

    private void spans(Section from, Written.Block into) {
        window(from, into);
        namespace(from);
        dimensions(from, into);
        histogram(from.below("histogram"), into);
        events(from.below("events"), into);
        expiration(from, into);
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

    private void dimensions(Section from, Written.Block into) {
        Set<String> excluded =
                new HashSet<>(CollectorFile.texts(from.node(), "exclude_dimensions"));
        Written.Items dimensions = new Written.Items();
        OWN_DIMENSIONS.stream()
                .filter(own -> !excluded.contains(own))
                .forEach(own -> dimensions.add(new Written.Block().put("attribute", own)));
        if (OWN_DIMENSIONS.stream().anyMatch(excluded::contains)) {
            from.changed("exclude_dimensions", "dimensions names those that remain");
        } else {
            from.left("exclude_dimensions", "series have none of these by themselves");
        }
        Node given = from.take("dimensions");
        if (given != null) {
            named(given, from.path("dimensions"), new HashSet<>(OWN_DIMENSIONS), dimensions);
        }
        boolean asUsual = dimensions.equals(usual());
        if (!asUsual) {
            into.put("dimensions", dimensions);
        }
        from.left(
                "calls_dimensions",
                "calls and durations have the same dimensions; add to dimensions what is wanted");
        notes.changed(
                from.node(),
                from.path(),
                "no label collector.instance.id: the job as a whole writes each series");
    }

    private static Written.Items usual() {
        Written.Items usual = new Written.Items();
        OWN_DIMENSIONS.forEach(own -> usual.add(new Written.Block().put("attribute", own)));
        return usual;
    }

    /** Dimensions as connectors name them. */
    private void named(Node list, String path, Set<String> there, Written.Items into) {
        List<Node> elements =
                list instanceof Node.Sequence sequence ? sequence.elements() : List.of(list);
        for (int i = 0; i < elements.size(); i++) {
            Node element = elements.get(i);
            Section from =
                    new Section(
                            element instanceof Node.Mapping mapping
                                    ? mapping
                                    : new Node.Mapping(Map.of(), element.location()),
                            path + "[" + i + "]",
                            notes,
                            Map.of());
            String name = from.text("name");
            if (name == null || name.isEmpty()) {
                from.take("glob");
                notes.left(
                        element,
                        from.path(),
                        "each attribute is to be named; there are no patterns of names");
            } else if (!there.add(name)) {
                notes.left(element, from.path(), "series have " + name + " already");
            } else {
                Written.Block dimension = new Written.Block().put("attribute", name);
                if ("".equals(from.text("default"))) {
                    notes.changed(
                            element,
                            from.path(),
                            "an empty default is none: the label is left out");
                } else {
                    from.carry("default", DimensionSettings.class, "default", dimension);
                }
                notes.carried(element, from.path());
                into.add(dimension);
            }
            from.rest("a dimension");
        }
    }

    private void histogram(Section from, Written.Block into) {
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
        from.left(
                "dimensions",
                "calls and durations have the same dimensions; add to dimensions what is wanted");
        Written.Block explicit = new Written.Block();
        Section buckets = from.below("explicit");
        buckets.carryDuration("buckets", HistogramSettings.Explicit.class, "buckets", explicit);
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
        Node given = from.take("dimensions");
        if (given != null) {
            Written.Items dimensions = new Written.Items();
            named(given, from.path("dimensions"), new HashSet<>(OWN_DIMENSIONS), dimensions);
            if (dimensions.hasValues()) {
                events.put("dimensions", dimensions);
            }
        }
        if (!events.isEmpty()) {
            into.put("events", events);
        }
        from.rest("events");
    }

    /** The one for series holds, where there are both. */
    private void expiration(Section from, Written.Block into) {
        List<String> given = new ArrayList<>();
        for (String key : List.of("series_expiration", "metrics_expiration")) {
            if (from.look(key) != null && from.text(key).matches("0[a-zµ]*")) {
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

    /** A series must not be forgotten before the last correction of its window. */
    private void keepSeriesLongEnough(Section from, Written.Block into, boolean calls) {
        Duration given = duration(into, "series_expiration", Duration.ofHours(1));
        Duration pairing =
                into.lines().stream()
                        .filter(line -> line.key().equals("service_graph"))
                        .map(line -> (Written.Block) line.value())
                        .findFirst()
                        .map(block -> duration(block, "pairing_wait", Duration.ofSeconds(30)))
                        .orElse(Duration.ofSeconds(30));
        Duration least =
                duration(into, "window", Duration.ofMinutes(1))
                        .plus(WAITED)
                        .plus(calls ? pairing : Duration.ZERO);
        if (given.compareTo(least) < 0) {
            String written = least.plusMillis(999).toSeconds() + "s";
            into.lines().removeIf(line -> line.key().equals("series_expiration"));
            into.put("series_expiration", written);
            notes.changed(
                    from.node(),
                    from.path("series_expiration"),
                    "is now %s, as long as a window may still be corrected".formatted(written));
        }
    }

    /** A duration that holds a reference is taken to be long enough. */
    private static Duration duration(Written.Block block, String key, Duration otherwise) {
        return block.lines().stream()
                .filter(line -> line.key().equals(key))
                .map(line -> ((Written.Text) line.value()).text())
                .filter(text -> !text.contains("${"))
                .findFirst()
                .map(Durations::of)
                .orElse(otherwise);
    }
}
