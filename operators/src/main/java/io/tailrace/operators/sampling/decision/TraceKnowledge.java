package io.tailrace.operators.sampling.decision;

import io.tailrace.operators.sampling.evidence.Evidence;
import io.tailrace.operators.span.TraceId;

/**
 * What is known of a trace when policies are asked.
 *
 * @param whole whether nothing more will count; until then evidence only grows, and what more of it
 *     could change is open
 */
public record TraceKnowledge(TraceId traceId, Evidence evidence, boolean whole) {

    /** The vote of a condition that, once met, stays met. */
    public Vote growing(boolean met) {
        return met ? Vote.SAMPLED : whole ? Vote.NOT_SAMPLED : Vote.OPEN;
    }

    /** The vote of a condition that, once failed, stays failed. */
    public Vote shrinking(boolean met) {
        return !met ? Vote.NOT_SAMPLED : whole ? Vote.SAMPLED : Vote.OPEN;
    }
}
