package io.tailrace.sinks.metrics;

import io.tailrace.operators.metrics.DurationTotals;
import io.tailrace.operators.metrics.SeriesTotals;

/** What follows from totals. Null where there is nothing to divide by. */
public final class Derived {

    private Derived() {}

    /** The mean duration in microseconds. */
    public static Double averageMicros(DurationTotals durations) {
        return durations.count() == 0 ? null : (double) durations.sumMicros() / durations.count();
    }

    /** From 0 to 1. */
    public static Double errorRate(SeriesTotals totals) {
        return totals.count() == 0 ? null : (double) totals.errors() / totals.count();
    }

    /**
     * From 0 to 1, of those spans that a rule judges: the others were neither felt good nor bad.
     */
    public static Double apdex(SeriesTotals totals) {
        long judged = totals.satisfied() + totals.tolerating() + totals.frustrated();
        return judged == 0 ? null : (totals.satisfied() + totals.tolerating() / 2.0) / judged;
    }
}
