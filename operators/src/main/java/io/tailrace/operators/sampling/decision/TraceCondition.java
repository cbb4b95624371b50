package io.tailrace.operators.sampling.decision;

/**
 * A policy that is told from what is known of a trace alone. What it once settled (anything but
 * {@link Vote#OPEN}) no growth of the evidence changes.
 */
@FunctionalInterface
public non-sealed interface TraceCondition extends CompiledPolicy {

    Vote vote(TraceKnowledge known);

    /** The sampling threshold of the traces that it samples; 0 where it takes all it asks for. */
    default long threshold() {
        return 0;
    }

    /** Samples where this one does not. */
    default TraceCondition inverted() {
        return known -> vote(known).inverted();
    }
}
