package io.tailrace.plain;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What virtual metrics must make of requests, counted on one thread: rows of spans and of calls.
 * The rules of apdex are those that {@link PlainRed} knows.
 */
public final class PlainMetrics {

    private static final long AHEAD_MILLIS = 60_000;

    private final PlainRed spans;
    private final PlainEdges edges;

    /** Lengths by the names of the settings. */
    public PlainMetrics(
            List<PlainRequest> requests,
            Duration window,
            Duration wait,
            Duration allowedLateness,
            Duration pairingWait) {
        spans =
                new PlainRed(
                        window.toMillis(),
                        wait.toMillis(),
                        allowedLateness.toMillis(),
                        AHEAD_MILLIS);
        requests.forEach(each -> spans.count(each.otlp(), each.arrival()));
        edges =
                new PlainEdges(
                        requests,
                        window.toMillis(),
                        wait.toMillis(),
                        pairingWait.toMillis(),
                        allowedLateness.toMillis());
    }

    public PlainRed spans() {
        return spans;
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

    public List<String> differences(MetricRows rows) {
        List<String> all = new ArrayList<>(differencesOfSpans(rows));
        all.addAll(differencesOfEdges(rows));
        return all;
    }

    public List<String> differencesOfSpans(MetricRows rows) {
        return Differences.ofMaps(rows.saidOfSpans(), Differences.without("arrival", spans.said()));
    }

    public List<String> differencesOfEdges(MetricRows rows) {
        return Differences.ofMaps(rows.saidOfEdges(), edges.said());
    }
}
