package io.tailrace.operators.sampling.state;

import java.time.Duration;

/**
 * When traces are decided, in arrival time.
 *
 * @param afterFirst after the first span, milliseconds
 * @param afterRoot after the root, milliseconds; {@link Long#MAX_VALUE} where that is off
 */
public record Deadlines(long afterFirst, long afterRoot) {

    /**
     * @param afterRoot null or zero where that is off
     */
    public static Deadlines of(Duration afterFirst, Duration afterRoot) {
        boolean off = afterRoot == null || afterRoot.isZero();
        return new Deadlines(afterFirst.toMillis(), off ? Long.MAX_VALUE : afterRoot.toMillis());
    }

    long of(long firstSeen, long rootArrival) {
        return Math.min(plus(firstSeen, afterFirst), plus(rootArrival, afterRoot));
    }

    /** When a trace is decided at the latest. */
    public long of(OpenTrace trace) {
        return of(trace.firstSeen(), trace.rootArrival());
    }

    /** Whether the root, not the first span, set the deadline. */
    public boolean isByRoot(OpenTrace trace) {
        return trace.deadline() < plus(trace.firstSeen(), afterFirst);
    }

    private static long plus(long time, long wait) {
        return time > Long.MAX_VALUE - wait ? Long.MAX_VALUE : time + wait;
    }
}
