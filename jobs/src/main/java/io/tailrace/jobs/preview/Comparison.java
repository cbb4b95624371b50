package io.tailrace.jobs.preview;

import io.tailrace.operators.span.TraceId;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What two specs would do with the same input.
 *
 * @param keptByBoth traces
 * @param onlyFirst traces that only the first spec keeps
 * @param onlySecond traces that only the second spec keeps
 */
public record Comparison(
        Preview first, Preview second, long keptByBoth, Only onlyFirst, Only onlySecond) {

    private static final int MOST_EXAMPLES = 3;

    /**
     * Traces that one spec keeps and the other does not.
     *
     * @param examples a few of them
     */
    public record Only(long traces, List<TraceId> examples) {}

    /**
     * @param firstKept the traces that the first spec keeps
     * @param secondKept the traces that the second spec keeps
     */
    public static Comparison of(
            Preview first, Set<TraceId> firstKept, Preview second, Set<TraceId> secondKept) {
        Only onlyFirst = only(firstKept, secondKept);
        return new Comparison(
                first,
                second,
                firstKept.size() - onlyFirst.traces,
                onlyFirst,
                only(secondKept, firstKept));
    }

    private static Only only(Set<TraceId> these, Set<TraceId> notThose) {
        long count = 0;
        List<TraceId> examples = new ArrayList<>();
        for (TraceId each : these) {
            if (!notThose.contains(each)) {
                count++;
                if (examples.size() < MOST_EXAMPLES) {
                    examples.add(each);
                }
            }
        }
        return new Only(count, examples);
    }
}
