package io.tailrace.operators.metrics;

/** Counts of durations by their size. It changes in place; merging loses nothing that was there. */
public sealed interface Histogram permits ExplicitHistogram, ExponentialHistogram {

    /** Counts a duration in microseconds, so many times. */
    void add(long micros, long times);

    /**
     * Adds what another one counted, which stays as it is.
     *
     * @throws IllegalArgumentException where it is of another kind
     */
    void merge(Histogram other);

    /** Whether one can be merged into the other, and nothing of it is lost. */
    boolean hasShape(Histogram other);

    /** One of the same shape that has counted nothing. */
    Histogram empty();

    /**
     * Counts all that is in this one in another, of whatever shape, by the upper bounds of buckets.
     *
     * @param max the longest duration that was counted, in microseconds
     */
    void moveTo(Histogram other, long max);

    /** One of the same counts that changes by itself. */
    Histogram copy();
}
