package io.tailrace.bench.metrics;

import java.util.Locale;

/** What is measured against each other. */
enum MetricsMode {
    /** Requests are read, split by trace, shuffled and thrown away, as bench sampling has it. */
    PASS_THROUGH,
    /** Spans are counted into series by window, and rows made of them. */
    METRICS,
    /** The same, and spans are paired, and calls counted: the job's default. */
    METRICS_AND_EDGES;

    boolean pairs() {
        return this == METRICS_AND_EDGES;
    }

    /** As in JSON. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
