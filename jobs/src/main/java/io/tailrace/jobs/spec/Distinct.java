package io.tailrace.jobs.spec;

import java.util.HashSet;
import java.util.Set;

/**
 * Finds elements of a list that are named alike. It looks at what is written, so that it finds them
 * also where the elements have other mistakes.
 */
final class Distinct {

    private final ProblemList problems;

    Distinct(ProblemList problems) {
        this.problems = problems;
    }

    /** Reports all but the first of those that have the same text under {@code key}. */
    void check(Node list, KeyPath path, String key) {
        if (key.isEmpty() || !(list instanceof Node.Sequence sequence)) {
            return;
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < sequence.elements().size(); i++) {
            Node name = valueOf(key, sequence.elements().get(i));
            if (name instanceof Node.Scalar scalar
                    && !scalar.absent()
                    && !seen.add(scalar.text())) {
                problems.add(
                        scalar.location(),
                        path.index(i).key(key),
                        scalar.text(),
                        Quoted.of(scalar.text()) + " stands there twice",
                        "one that no other has",
                        "");
            }
        }
    }

    private static Node valueOf(String key, Node element) {
        return element instanceof Node.Mapping mapping && mapping.entries().containsKey(key)
                ? mapping.entries().get(key).value()
                : null;
    }
}
