package io.tailrace.operators.sampling.state;

import io.tailrace.operators.sampling.decision.DecisionRecord;
import io.tailrace.operators.sampling.evidence.Evidence;
import io.tailrace.operators.serialization.ValueTypeInformation;

/**
 * The memory of a decision, for the spans that come late.
 *
 * @param record the decision, with the late spans so far
 * @param expires until when, in arrival time, late spans follow it; milliseconds since the epoch
 * @param deadline when it would have been decided at the latest; what comes after it is late in the
 *     eyes of those who watch
 * @param keptSpans spans handed on so far
 * @param whole the evidence of all spans so far, where late ones may have it reconsidered; else
 *     null
 * @param fingerprint of the conditions that {@code whole} was made under
 * @param told whether its second record has gone out
 */
public record DecidedTrace(
        DecisionRecord record,
        long expires,
        long deadline,
        int keptSpans,
        Evidence whole,
        long fingerprint,
        boolean told) {

    public static final ValueTypeInformation<DecidedTrace> TYPE =
            new ValueTypeInformation<>(DecidedTrace.class, new DecidedTraceSerializer());

    /** Whether spans of this arrival follow the decision. */
    public boolean covers(long arrival) {
        return arrival <= expires;
    }

    /** Whether it has late spans of which a second record is still to go out. */
    public boolean isToBeTold() {
        return record.lateSpans() > 0 && !told;
    }

    /** With more spans that came late. */
    public DecidedTrace withLate(Evidence late) {
        return new DecidedTrace(
                record.withLate(late), expires, deadline, keptSpans, whole, fingerprint, told);
    }

    /** With more spans handed on. */
    public DecidedTrace kept(int spans) {
        return new DecidedTrace(
                record, expires, deadline, keptSpans + spans, whole, fingerprint, told);
    }

    /** That not all of it is handed on. */
    public DecidedTrace incomplete() {
        return new DecidedTrace(
                record.incomplete(), expires, deadline, keptSpans, whole, fingerprint, told);
    }

    /** With the evidence of more. */
    public DecidedTrace with(Evidence grown) {
        return new DecidedTrace(record, expires, deadline, keptSpans, grown, fingerprint, told);
    }

    /** What it became when it was reconsidered; its second record says so. */
    public DecidedTrace reconsidered(DecisionRecord then) {
        return new DecidedTrace(then, expires, deadline, keptSpans, null, fingerprint, true);
    }
}
