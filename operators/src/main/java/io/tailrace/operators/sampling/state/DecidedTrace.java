package io.tailrace.operators.sampling.state;

import io.tailrace.operators.sampling.decision.DecisionRecord;
import io.tailrace.operators.sampling.evidence.Evidence;
import io.tailrace.operators.serialization.ValueTypeInformation;

/**
 * The memory of a decision, for the spans that come late.
 *
 * @param record the decision, with the late spans so far
 * @param expires until when, in arrival time, late spans follow it; milliseconds since the epoch
 */
public record DecidedTrace(DecisionRecord record, long expires) {

    public static final ValueTypeInformation<DecidedTrace> TYPE =
            new ValueTypeInformation<>(DecidedTrace.class, new DecidedTraceSerializer());

    /** Whether spans of this arrival follow the decision. */
    public boolean covers(long arrival) {
        return arrival <= expires;
    }

    public DecidedTrace withLate(Evidence late) {
        return new DecidedTrace(record.withLate(late), expires);
    }
}
