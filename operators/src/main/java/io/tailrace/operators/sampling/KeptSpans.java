package io.tailrace.operators.sampling;

import io.tailrace.operators.serialization.ValueTypeInformation;
import io.tailrace.operators.span.TraceId;

import java.util.Arrays;

/**
 * Spans of one trace that are worth keeping: the whole trace at its decision, or what came late.
 *
 * @param spans how many, 1 or more
 * @param otlp an export request with them; nobody may change the bytes
 */
public record KeptSpans(TraceId traceId, int spans, byte[] otlp) {

    public static final ValueTypeInformation<KeptSpans> TYPE =
            new ValueTypeInformation<>(KeptSpans.class, new KeptSpansSerializer());

    @Override
    public boolean equals(Object other) {
        return other instanceof KeptSpans that
                && traceId.equals(that.traceId)
                && spans == that.spans
                && Arrays.equals(otlp, that.otlp);
    }

    @Override
    public int hashCode() {
        return 31 * traceId.hashCode() + Arrays.hashCode(otlp);
    }
}
