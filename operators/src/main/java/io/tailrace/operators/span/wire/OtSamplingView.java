package io.tailrace.operators.span.wire;

import io.tailrace.operators.span.tracestate.OtMember;
import io.tailrace.operators.span.tracestate.SamplingThreshold;
import io.tailrace.operators.span.tracestate.TraceState;

import java.nio.charset.StandardCharsets;

/**
 * What a span's trace state says of the sampling that it passed. A view that moves: it holds until
 * the next {@link #read}. Spans mostly have no trace state, or the one of the span before; neither
 * is read anew, nor allocates anything.
 */
public final class OtSamplingView {

    private byte[] last = {};
    private long threshold = SamplingThreshold.ABSENT;
    private long randomness = SamplingThreshold.ABSENT;

    public OtSamplingView read(SpanView span) {
        if (!span.traceStateIs(last)) {
            String text = span.traceState();
            OtMember member = OtMember.of(TraceState.read(text));
            last = text.getBytes(StandardCharsets.UTF_8);
            threshold = member.threshold();
            randomness = member.randomness();
        }
        return this;
    }

    /** The rejection threshold, 0 to 2^56 - 1; {@link SamplingThreshold#ABSENT} without one. */
    public long threshold() {
        return threshold;
    }

    /** The explicit randomness, 0 to 2^56 - 1; {@link SamplingThreshold#ABSENT} without one. */
    public long randomness() {
        return randomness;
    }
}
