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

    /** One of the same counts that changes by itself. */
    Histogram copy();
}
