package io.tailrace.operators.sampling.policy;

import io.tailrace.operators.sampling.evidence.SpanConditions;
import io.tailrace.operators.settings.Meaning;

/** Keeps every trace. */
@Meaning("Keeps every trace")
public record AlwaysSample() implements Policy {

    @Override
    public TraceCondition compile(SpanConditions conditions) {
        return (traceId, evidence) -> true;
    }
}
