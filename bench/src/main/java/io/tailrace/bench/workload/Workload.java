package io.tailrace.bench.workload;

import java.util.Locale;

/** The order in which spans come. */
public enum Workload {
    /**
     * 5,000 traces at a time, span by span: each in its turn sends its next one. A request is what
     * a Collector batches of that: 100 spans of 100 traces, grouped by resource. Nearly every span
     * is a chunk of its own, which is the hardest there is.
     */
    INTERLEAVED,

    /**
     * As SDKs flush: what one service had to do with a trace comes together, and a request is one
     * instance's, about 100 spans of some 30 traces.
     */
    GROUPED,

    /**
     * As interleaved, but of services that have many operations each, which have some 2,000 series
     * of metrics by BlueKing's dimensions.
     */
    VARIED,

    /** Traces of one span of some 300 bytes, as pings and probes leave, 100 a request. */
    SINGLE;

    private static final int MANY_OPERATIONS = 29;

    /** How many operations there are of each kind. */
    int operations() {
        return switch (this) {
            case INTERLEAVED, GROUPED, SINGLE -> 1;
            case VARIED -> MANY_OPERATIONS;
        };
    }

    /** As on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
