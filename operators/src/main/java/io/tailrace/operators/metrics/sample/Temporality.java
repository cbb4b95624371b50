package io.tailrace.operators.metrics.sample;

/** What a sample counts. */
public enum Temporality {
    /** All since the series began. */
    CUMULATIVE,
    /** What is new since the sample before. */
    DELTA
}
