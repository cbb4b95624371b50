package io.tailrace.operators.sampling.policy;

import io.tailrace.operators.sampling.decision.TraceCondition;
import io.tailrace.operators.sampling.decision.TraceKnowledge;
import io.tailrace.operators.sampling.decision.Vote;
import io.tailrace.operators.sampling.evidence.Evidence;
import io.tailrace.operators.span.tracestate.SamplingThreshold;

/**
 * OpenTelemetry's consistent sampling: keeps a trace whose randomness is at least a threshold. The
 * randomness is what spans came with, else the last 56 bits of the trace's id.
 */
record ConsistentShare(long threshold) implements TraceCondition {

    @Override
    public Vote vote(TraceKnowledge known) {
        long brought = known.evidence().randomness();
        if (brought != Evidence.NONE) {
            return known.growing(SamplingThreshold.keeps(threshold, brought));
        }
        if (threshold == 0) {
            return Vote.SAMPLED;
        }
        // A span that says otherwise may still come.
        boolean kept =
                SamplingThreshold.keeps(threshold, SamplingThreshold.randomness(known.traceId()));
        return !known.whole() ? Vote.OPEN : kept ? Vote.SAMPLED : Vote.NOT_SAMPLED;
    }
}
