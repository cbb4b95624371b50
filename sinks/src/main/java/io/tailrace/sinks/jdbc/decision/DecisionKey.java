package io.tailrace.sinks.jdbc.decision;

import io.tailrace.operators.sampling.decision.DecisionRecord;
import io.tailrace.operators.sampling.decision.Trigger;
import io.tailrace.operators.span.TraceId;

import java.util.Comparator;

/**
 * The key of a decision.
 *
 * @param decided milliseconds since the epoch
 */
record DecisionKey(TraceId traceId, long decided, Trigger trigger)
        implements Comparable<DecisionKey> {

    private static final Comparator<DecisionKey> ORDER =
            Comparator.comparing(DecisionKey::traceId)
                    .thenComparingLong(DecisionKey::decided)
                    .thenComparing(DecisionKey::trigger);

    static DecisionKey of(DecisionRecord record) {
        return new DecisionKey(record.traceId(), record.decided(), record.trigger());
    }

    @Override
    public int compareTo(DecisionKey other) {
        return ORDER.compare(this, other);
    }
}
