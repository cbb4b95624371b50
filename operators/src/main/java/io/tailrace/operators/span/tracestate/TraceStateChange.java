package io.tailrace.operators.span.tracestate;

/**
 * What becomes of the threshold in the trace states of kept spans. A trace state that needs no
 * change stays as it is, to the last space; of one that does, the member {@code ot} moves to the
 * front and all else keeps its order.
 */
public sealed interface TraceStateChange {

    /** The trace state changed; the same text where nothing is to be done. */
    String of(String traceState);

    /**
     * Raises the threshold to this one where it is less or absent. A trace state that cannot be
     * read is replaced, since nobody would find a threshold in it.
     *
     * @param threshold 0 to 2^56 - 1
     */
    record AtLeast(long threshold) implements TraceStateChange {

        public AtLeast {
            if (threshold < SamplingThreshold.ALWAYS || threshold >= SamplingThreshold.NEVER) {
                throw new IllegalArgumentException("Not from 0 to 2^56 - 1: " + threshold);
            }
        }

        @Override
        public String of(String traceState) {
            TraceState state = TraceState.read(traceState);
            OtMember member = OtMember.of(state);
            return member.threshold() >= threshold
                    ? traceState
                    : state.withFirst(OtMember.KEY, member.withThreshold(threshold).toString())
                            .toString();
        }
    }

    /** Takes the threshold out, of spans that stand for an unknown number of others. */
    record Erased() implements TraceStateChange {
        @Override
        public String of(String traceState) {
            TraceState state = TraceState.read(traceState);
            OtMember member = OtMember.of(state);
            if (!member.hasThreshold()) {
                return traceState;
            }
            OtMember rest = member.withoutThreshold();
            return (rest.isEmpty()
                            ? state.without(OtMember.KEY)
                            : state.withFirst(OtMember.KEY, rest.toString()))
                    .toString();
        }
    }

    /** Leaves every trace state alone. */
    record Untouched() implements TraceStateChange {
        @Override
        public String of(String traceState) {
            return traceState;
        }
    }
}
