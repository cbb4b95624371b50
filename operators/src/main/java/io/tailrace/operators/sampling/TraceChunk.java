package io.tailrace.operators.sampling;

import io.tailrace.operators.sampling.evidence.Evidence;
import io.tailrace.operators.serialization.ValueTypeInformation;
import io.tailrace.operators.span.TraceId;

import java.util.Arrays;

/**
 * What one request brought of one trace.
 *
 * @param arrival the request's arrival, milliseconds since the epoch
 * @param otlp encoded {@code ResourceSpans} fields: a request of its own, and when appended to
 *     others of the trace, a part of one; nobody may change the bytes
 * @param evidence what the policies must know of the spans
 * @param fingerprint of the conditions that the evidence was made under
 * @param spanIds the ids of its spans in their order, where duplicates are looked for; else none
 */
public record TraceChunk(
        TraceId traceId,
        long arrival,
        byte[] otlp,
        Evidence evidence,
        long fingerprint,
        long[] spanIds) {

    public static final ValueTypeInformation<TraceChunk> TYPE =
            new ValueTypeInformation<>(TraceChunk.class, new TraceChunkSerializer());

    /** The fingerprint of no conditions: the evidence says no more than how much there is. */
    public static final long UNREAD = 0;

    public int spans() {
        return evidence.spans();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TraceChunk that
                && traceId.equals(that.traceId)
                && arrival == that.arrival
                && fingerprint == that.fingerprint
                && evidence.equals(that.evidence)
                && Arrays.equals(otlp, that.otlp)
                && Arrays.equals(spanIds, that.spanIds);
    }

    @Override
    public int hashCode() {
        return 31 * traceId.hashCode() + Arrays.hashCode(otlp);
    }
}
