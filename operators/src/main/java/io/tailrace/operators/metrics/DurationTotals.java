package io.tailrace.operators.metrics;

import java.util.Objects;

/**
 * Durations in microseconds, come together. It changes in place. A sum beyond what a long holds, as
 * spans without a start may bring it about, stays at the greatest, in whatever order it is made.
 */
public final class DurationTotals {

    long count;
    long sum;
    long max;
    long min = Long.MAX_VALUE;
    final Histogram histogram;

    /**
     * @param histogram empty, and becomes this one's own
     */
    public DurationTotals(Histogram histogram) {
        this.histogram = histogram;
    }

    /** Counts a duration, so many times. */
    public void add(long micros, long times) {
        count += times;
        sum = plus(sum, times(micros, times));
        max = Math.max(max, micros);
        min = Math.min(min, micros);
        histogram.add(micros, times);
    }

    /** Adds what others came to, which stay as they are. */
    public void merge(DurationTotals other) {
        count += other.count;
        sum = plus(sum, other.sum);
        max = Math.max(max, other.max);
        min = Math.min(min, other.min);
        histogram.merge(other.histogram);
    }

    private static long times(long micros, long times) {
        boolean fits = Math.multiplyHigh(micros, times) == 0 && micros * times >= 0;
        return fits ? micros * times : Long.MAX_VALUE;
    }

    private static long plus(long one, long other) {
        long sum = one + other;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    /**
     * The same by other buckets: what was in one goes where its upper bound does, or where the
     * longest duration does if that is less.
     *
     * @param shape whose buckets; it stays as it is
     */
    DurationTotals inShape(Histogram shape) {
        Histogram other = shape.empty();
        histogram.moveTo(other, max);
        return with(other);
    }

    public DurationTotals copy() {
        return with(histogram.copy());
    }

    private DurationTotals with(Histogram other) {
        DurationTotals copy = new DurationTotals(other);
        copy.count = count;
        copy.sum = sum;
        copy.max = max;
        copy.min = min;
        return copy;
    }

    public long count() {
        return count;
    }

    public long sumMicros() {
        return sum;
    }

    /** 0 where there is none. */
    public long maxMicros() {
        return max;
    }

    /** 0 where there is none. */
    public long minMicros() {
        return count == 0 ? 0 : min;
    }

    /** Nobody but this one changes it. */
    public Histogram histogram() {
        return histogram;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DurationTotals that
                && count == that.count
                && sum == that.sum
                && max == that.max
                && min == that.min
                && histogram.equals(that.histogram);
    }

    @Override
    public int hashCode() {
        return Objects.hash(count, sum, max, min, histogram);
    }
}
