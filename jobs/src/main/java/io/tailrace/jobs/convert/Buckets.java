package io.tailrace.jobs.convert;

import io.tailrace.jobs.spec.Node;
import io.tailrace.jobs.spec.NodeReader;
import io.tailrace.jobs.spec.Problem;
import io.tailrace.operators.metrics.HistogramSettings.Explicit;

import java.util.List;
import java.util.Map;

/** The bounds of a histogram, if they would do together. */
final class Buckets {

    private static final String KEY = "buckets";

    private Buckets() {}

    /**
     * The block {@code explicit}; empty where there are no bounds.
     *
     * @param key of the list of durations
     * @param words what became of it; empty where it is as it was
     */
    static Written.Block of(Section from, String key, String words) {
        Written.Block explicit = new Written.Block();
        Node given = from.look(key);
        if (given != null) {
            Node bounds = Section.duration(given);
            Node block =
                    new Node.Mapping(
                            Map.of(KEY, new Node.Entry(KEY, given.location(), bounds)),
                            given.location());
            List<Problem> problems =
                    NodeReader.bind(Explicit.class, block, "", Map.of()).problems();
            if (problems.stream().allMatch(Problem::isUnset)) {
                from.carry(key, Explicit.class, KEY, explicit, Section::duration, words);
            } else {
                from.left(key, Notes.reasons(problems, ""));
            }
        }
        return explicit;
    }
}
