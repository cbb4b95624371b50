package io.tailrace.operators.span.wire;

import io.tailrace.operators.span.tracestate.OtMember;
import io.tailrace.operators.span.tracestate.SamplingThreshold;
import io.tailrace.operators.span.tracestate.TraceState;

import java.nio.charset.StandardCharsets;

/**
 * What a span's trace state says of the sampling that it passed. A view that moves: it holds until
 * the next {@link #read}. Spans mostly have no trace state, or that of the last one which had any;
 * neither is read anew, nor allocates anything.
 */
public final class OtSamplingView {

    private static final byte[] NONE = {};

    private byte[] last = NONE;
    private boolean none = true;
    private long threshold = SamplingThreshold.ABSENT;
    private long randomness = SamplingThreshold.ABSENT;

    public OtSamplingView read(SpanView span) {
        none = span.traceStateIs(NONE);
        if (!none && !span.traceStateIs(last)) {
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
        return none ? SamplingThreshold.ABSENT : threshold;
    }

    /** The explicit randomness, 0 to 2^56 - 1; {@link SamplingThreshold#ABSENT} without one. */
    public long randomness() {
        return none ? SamplingThreshold.ABSENT : randomness;
    }
}
