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

    /** Traces of one span of some 300 bytes, as pings and probes leave, 100 a request. */
    SINGLE;

    /** As on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
