package io.tailrace.sinks.jdbc.decision;

/** Which decisions have a row. */
public enum DecisionRows {
    /** Those on traces that are kept. */
    KEPT,
    /** Every one. */
    ALL
}
