package io.tailrace.sinks.jdbc.schema;

/** What is done with a table, and so what its user must be allowed. */
public enum Usage {
    /** Rows are written once, and deleted one by one. */
    ROWS,
    /** Rows are written anew, and deleted one by one. */
    CHANGING_ROWS,
    /** Rows are written anew, and whole partitions made and dropped. */
    PARTITIONS
}
