package io.tailrace.operators.pairing;

import io.tailrace.operators.serialization.ValueTypeInformation;

/**
 * What is known of a trace of which sides wait.
 *
 * @param sides how many, 1 or more
 * @param timer when the first of them, or one that has gone since, has waited long enough: the one
 *     timer that is set
 */
public record WaitingTrace(int sides, long timer) {

    public static final ValueTypeInformation<WaitingTrace> TYPE =
            new ValueTypeInformation<>(WaitingTrace.class, new WaitingTraceSerializer());
}
