package io.tailrace.operators.sampling.decision;

/** What one policy said of a trace. Its names are in state and records, so they are for good. */
public enum Vote {
    SAMPLED,
    NOT_SAMPLED
}
