package io.tailrace.operators.sampling;

import java.util.List;

/**
 * The chunks that a decision sees.
 *
 * @param count how many, from the first by arrival
 * @param full whether the last of them reached a limit
 * @param decided when the trace is decided: at its deadline, or as it became full
 */
record Members(int count, boolean full, long decided) {

    /** Whether so many spans and bytes reach a limit. */
    @FunctionalInterface
    interface Limit {
        boolean reached(int spans, long bytes);
    }

    /**
     * @param chunks in the order of their arrival
     */
    static Members of(List<TraceChunk> chunks, long deadline, Limit limit) {
        int spans = 0;
        long bytes = 0;
        int count = 0;
        for (TraceChunk chunk : chunks) {
            if (chunk.arrival() > deadline) {
                break;
            }
            count++;
            spans += chunk.spans();
            bytes += chunk.otlp().length;
            if (limit.reached(spans, bytes)) {
                return new Members(count, true, chunk.arrival());
            }
        }
        return new Members(count, false, deadline);
    }
}
