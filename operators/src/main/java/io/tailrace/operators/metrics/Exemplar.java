package io.tailrace.operators.metrics;

import java.util.Comparator;

/**
 * A span that stands for others.
 *
 * @param traceHigh the first eight bytes of its trace's id
 * @param traceLow the last eight bytes of its trace's id
 * @param endMillis when it ended, milliseconds since the epoch
 */
public record Exemplar(
        long traceHigh, long traceLow, long spanId, long durationMicros, long endMillis) {

    /** The slower one first; among equals one and the same, whatever the order they came in. */
    static final Comparator<Exemplar> SLOWEST_FIRST =
            Comparator.comparingLong(Exemplar::durationMicros)
                    .reversed()
                    .thenComparingLong(Exemplar::traceHigh)
                    .thenComparingLong(Exemplar::traceLow)
                    .thenComparingLong(Exemplar::spanId)
                    .thenComparingLong(Exemplar::endMillis);

    /** The slower of two, each of which may be null. */
    public static Exemplar slower(Exemplar one, Exemplar other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return SLOWEST_FIRST.compare(one, other) <= 0 ? one : other;
    }
}
