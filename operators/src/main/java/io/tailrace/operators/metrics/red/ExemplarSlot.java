package io.tailrace.operators.metrics.red;

import io.tailrace.operators.metrics.Exemplar;
import io.tailrace.operators.span.wire.SpanView;

/**
 * Keeps the slowest span so far, of equally slow ones the one that {@link Exemplar#slower} does.
 */
final class ExemplarSlot {

    private boolean taken;
    private long traceHigh;
    private long traceLow;
    private long spanId;
    private long durationMicros;
    private long endMillis;

    void offer(SpanView span, long micros, long end) {
        if (!taken || isBefore(span, micros, end)) {
            taken = true;
            traceHigh = span.traceIdHigh();
            traceLow = span.traceIdLow();
            spanId = span.spanId();
            durationMicros = micros;
            endMillis = end;
        }
    }

    private boolean isBefore(SpanView span, long micros, long end) {
        if (micros != durationMicros) {
            return micros > durationMicros;
        }
        if (span.traceIdHigh() != traceHigh) {
            return span.traceIdHigh() < traceHigh;
        }
        if (span.traceIdLow() != traceLow) {
            return span.traceIdLow() < traceLow;
        }
        return span.spanId() != spanId ? span.spanId() < spanId : end < endMillis;
    }

    /** Null where no span was offered. */
    Exemplar exemplar() {
        return taken ? new Exemplar(traceHigh, traceLow, spanId, durationMicros, endMillis) : null;
    }
}
