package io.tailrace.operators.sampling.decision;

/**
 * Why a trace was decided when it was. Its names are in state and records, so they are for good.
 */
public enum Trigger {
    /** {@code decision_wait} after its first span. */
    DEADLINE,
    /** {@code decision_wait_after_root_received} after its root. */
    ROOT,
    /** Nothing that could still come would have changed what becomes of it. */
    EAGER,
    /** It had {@code max_spans_per_trace} spans. */
    SPAN_LIMIT,
    /** It had {@code max_bytes_per_trace} bytes. */
    BYTE_LIMIT,
    /** The input ended before its deadline. */
    END_OF_INPUT,
    /**
     * Not a decision: the sum of a decided trace to which spans came late, or what became of it
     * when they had it reconsidered.
     */
    LATE
}
