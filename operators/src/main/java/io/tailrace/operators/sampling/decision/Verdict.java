package io.tailrace.operators.sampling.decision;

/** What becomes of a trace. Its names are in state and records, so they are for good. */
public enum Verdict {
    SAMPLED,
    NOT_SAMPLED,
    DROPPED
}
