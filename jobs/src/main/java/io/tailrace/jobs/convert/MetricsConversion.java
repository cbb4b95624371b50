package io.tailrace.jobs.convert;

import io.tailrace.jobs.spec.Durations;
import io.tailrace.operators.metrics.VirtualMetricsSettings;

import java.time.Duration;

/** Makes the block {@code virtual_metrics} of the connectors spanmetrics and servicegraph. */
final class MetricsConversion {

    private static final Class<VirtualMetricsSettings> BLOCK = VirtualMetricsSettings.class;

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
            new SpanMetricsConversion(notes).convert(spans, into);
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
