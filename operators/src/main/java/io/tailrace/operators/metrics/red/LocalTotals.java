package io.tailrace.operators.metrics.red;

import io.tailrace.operators.metrics.DurationTotals;
import io.tailrace.operators.metrics.Histogram;
import io.tailrace.operators.metrics.MetricPart;
import io.tailrace.operators.metrics.SeriesTotals;
import io.tailrace.operators.metrics.SeriesTotals.Apdex;
import io.tailrace.operators.metrics.SpanKind;
import io.tailrace.operators.span.wire.SpanView;

/** What a series comes to in one window, of the spans seen since its last part. */
final class LocalTotals {

    /** OTLP's status code of an error. */
    static final int ERROR = 2;

    final LocalSeries series;
    final long windowStart;

    /** The same series' in another window; null after the last one. */
    LocalTotals next;

    private final SeriesTotals totals;
    private final ExemplarSlot slowest = new ExemplarSlot();
    private final ExemplarSlot slowestError = new ExemplarSlot();
    private long arrival = Long.MIN_VALUE;

    LocalTotals(LocalSeries series, long windowStart, Histogram histogram, LocalTotals next) {
        this.series = series;
        this.windowStart = windowStart;
        this.totals = new SeriesTotals(new DurationTotals(histogram), null);
        this.next = next;
    }

    /**
     * Counts a span.
     *
     * @param times for how many it stands
     */
    void add(SpanView span, long arrival, long times, long micros, long endMillis, Apdex apdex) {
        boolean error = span.statusCode() == ERROR;
        totals.add(
                times, error, apdex, SpanKind.isCall(span.kind()), SpanKind.isRequest(span.kind()));
        totals.durations().add(micros, times);
        slowest.offer(span, micros, endMillis);
        if (error) {
            slowestError.offer(span, micros, endMillis);
        }
        this.arrival = Math.max(this.arrival, arrival);
    }

    /**
     * Counts an event of a span.
     *
     * @param times for how many the span stands
     */
    void addEvent(SpanView span, long arrival, long times, long micros, long endMillis) {
        totals.add(times, false, Apdex.NONE, false, false);
        slowest.offer(span, micros, endMillis);
        this.arrival = Math.max(this.arrival, arrival);
    }

    /** The last thing that is done with it, as the totals are handed on. */
    MetricPart part() {
        totals.exemplar(slowest.exemplar(), false);
        totals.exemplar(slowestError.exemplar(), true);
        return new MetricPart(series.series, windowStart, arrival, totals);
    }
}
