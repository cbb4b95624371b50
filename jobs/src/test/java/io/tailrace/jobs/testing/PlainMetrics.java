package io.tailrace.jobs.testing;

import io.tailrace.operators.metrics.red.PlainRed;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** What the job of {@link #SETTINGS} must make of traffic, counted on one thread. */
public final class PlainMetrics {

    /** The rules of apdex are those that {@link PlainRed} knows. */
    public static final String SETTINGS =
            """
            virtual_metrics:
              window: 10s
              wait: 2s
              allowed_lateness: 20s
              apdex:
                - { kind: server, attribute: http.method, threshold_ms: 100 }
                - { attribute: db.system, threshold_ms: 10 }
              service_graph: { pairing_wait: 3s }
            """;

    private final PlainRed spans = new PlainRed(10_000, 2_000, 20_000, 60_000);
    private final PlainEdges edges;

    public PlainMetrics(Traffic traffic) {
        traffic.requests().forEach(each -> spans.count(each.otlp(), each.arrival()));
        edges = new PlainEdges(traffic, 10_000, 2_000, 3_000, 20_000);
    }

    public PlainEdges edges() {
        return edges;
    }

    /** How many windows and series of spans there are. */
    public int rowsOfSpans() {
        return spans.said().size();
    }

    /** How many windows and edges there are. */
    public int rowsOfEdges() {
        return edges.said().size();
    }

    public void assertSame(MetricRows rows) {
        Map<PlainRed.Key, Map<String, Object>> expected = new HashMap<>(spans.said());
        expected.values().forEach(said -> said.remove("arrival"));
        assertThat(differences(rows.saidOfSpans(), expected)).as("rows of spans").isEmpty();
        assertThat(differences(rows.saidOfEdges(), edges.said())).as("rows of calls").isEmpty();
    }

    private static <K> List<String> differences(
            Map<K, Map<String, Object>> is, Map<K, Map<String, Object>> expected) {
        Set<K> keys = new HashSet<>(is.keySet());
        keys.addAll(expected.keySet());
        return keys.stream()
                .filter(key -> !Objects.equals(is.get(key), expected.get(key)))
                .map(key -> key + "\n is " + is.get(key) + "\n not " + expected.get(key))
                .limit(3)
                .toList();
    }
}
