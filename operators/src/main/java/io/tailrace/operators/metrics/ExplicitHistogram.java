package io.tailrace.operators.metrics;

import java.util.Arrays;

/** Counts by given bounds. */
public final class ExplicitHistogram implements Histogram {

    private final long[] bounds;
    private final long[] counts;

    /**
     * @param bounds in microseconds, growing; a bucket holds what is at most its bound
     */
    public ExplicitHistogram(long... bounds) {
        this(bounds, new long[bounds.length + 1]);
    }

    ExplicitHistogram(long[] bounds, long[] counts) {
        this.bounds = bounds;
        this.counts = counts;
    }

    @Override
    public void add(long micros, long times) {
        int found = Arrays.binarySearch(bounds, micros);
        counts[found < 0 ? -found - 1 : found] += times;
    }

    @Override
    public void merge(Histogram other) {
        if (!(other instanceof ExplicitHistogram that) || !hasShape(other)) {
            throw new IllegalArgumentException("Histograms of different bounds");
        }
        for (int i = 0; i < counts.length; i++) {
            counts[i] += that.counts[i];
        }
    }

    @Override
    public boolean hasShape(Histogram other) {
        return other instanceof ExplicitHistogram that && Arrays.equals(bounds, that.bounds);
    }

    @Override
    public Histogram empty() {
        return new ExplicitHistogram(bounds);
    }

    @Override
    public void moveTo(Histogram other, long max) {
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                other.add(i < bounds.length ? Math.min(bounds[i], max) : max, counts[i]);
            }
        }
    }

    @Override
    public Histogram copy() {
        return new ExplicitHistogram(bounds, counts.clone());
    }

    /** In microseconds. Nobody may change them. */
    public long[] bounds() {
        return bounds;
    }

    /** One more than bounds: the last is of what is above them all. Nobody may change them. */
    public long[] counts() {
        return counts;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ExplicitHistogram that
                && Arrays.equals(bounds, that.bounds)
                && Arrays.equals(counts, that.counts);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(counts);
    }
}
