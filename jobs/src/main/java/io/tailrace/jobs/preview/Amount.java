package io.tailrace.jobs.preview;

/**
 * Some traces.
 *
 * @param spans theirs, late ones included
 * @param bytes of their spans as OTLP protobuf
 */
public record Amount(long traces, long spans, long bytes) {

    static final Amount NONE = new Amount(0, 0, 0);

    Amount plus(Amount that) {
        return new Amount(traces + that.traces, spans + that.spans, bytes + that.bytes);
    }

    Amount minus(Amount that) {
        return new Amount(traces - that.traces, spans - that.spans, bytes - that.bytes);
    }
}
