package io.tailrace.bench.workload;

import java.util.List;

/**
 * Which trace each span of a request belongs to.
 *
 * @param traces the place of its trace in the pool, by span
 * @param passes 0 for a trace that begins in the pass at hand, -1 for one that began in the pass
 *     before, by span
 */
record Placement(int[] traces, int[] passes) {

    static Placement of(List<Placed> spans) {
        return new Placement(
                spans.stream().mapToInt(placed -> placed.span().trace()).toArray(),
                spans.stream().mapToInt(Placed::pass).toArray());
    }

    int spans() {
        return traces.length;
    }

    /**
     * A span in its place.
     *
     * @param pass as in {@link Placement}
     */
    record Placed(MadeSpan span, int pass) {}
}
