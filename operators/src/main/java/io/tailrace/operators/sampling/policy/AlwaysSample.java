package io.tailrace.operators.sampling.policy;

import io.tailrace.operators.sampling.decision.TraceCondition;
import io.tailrace.operators.sampling.decision.Vote;
import io.tailrace.operators.settings.Meaning;

/** Keeps every trace. */
@Meaning("Keeps every trace")
public record AlwaysSample() implements Policy {

    @Override
    public TraceCondition compile(Compilation compilation) {
        return known -> Vote.SAMPLED;
    }
}
