package io.tailrace.operators.sampling.policy;

import io.tailrace.operators.sampling.decision.TraceCondition;
import io.tailrace.operators.sampling.decision.TraceKnowledge;
import io.tailrace.operators.sampling.decision.Vote;

import java.util.List;

/** Samples where all conditions do. */
record All(List<TraceCondition> conditions) implements TraceCondition {

    /** One that does not sample settles it, whatever became of the others. */
    @Override
    public Vote vote(TraceKnowledge known) {
        Vote all = Vote.SAMPLED;
        for (TraceCondition each : conditions) {
            Vote vote = each.vote(known);
            if (vote == Vote.NOT_SAMPLED) {
                return Vote.NOT_SAMPLED;
            }
            if (vote != Vote.SAMPLED && all != Vote.OPEN) {
                all = vote;
            }
        }
        return all;
    }

    /** Each takes its share of what the others take, by the same randomness. */
    @Override
    public long threshold() {
        return conditions.stream().mapToLong(TraceCondition::threshold).max().orElse(0);
    }
}
