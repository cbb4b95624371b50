package io.tailrace.jobs.spec;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects the problems of one spec, and keeps secrets out of their texts. */
final class ProblemList {

    /** Shorter secrets would turn words of our own into stars. */
    private static final int SHORTEST_REDACTED = 4;

    private record Found(Location location, Problem problem) {}

    private final List<Found> found = new ArrayList<>();
    private final Set<String> secrets = new HashSet<>();

    void add(
            Location location,
            KeyPath path,
            String value,
            String complaint,
            String expected,
            String suggestion) {
        Problem problem =
                new Problem(
                        location.source(),
                        location.line(),
                        location.column(),
                        path.text(),
                        value,
                        complaint,
                        expected,
                        suggestion);
        found.add(new Found(location, problem));
    }

    void add(Location location, KeyPath path, String complaint, String expected) {
        add(location, path, "", complaint, expected, "");
    }

    /** No problem, added before or after, will show this text. */
    void conceal(String secret) {
        if (secret.length() >= SHORTEST_REDACTED) {
            secrets.add(secret);
        }
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /** In the order of the file's lines, then of the {@code --set}s. */
    List<Problem> inOrder() {
        return found.stream()
                .sorted(Comparator.comparing(Found::location))
                .map(each -> redacted(each.problem()))
                .distinct()
                .toList();
    }

    private Problem redacted(Problem problem) {
        return new Problem(
                problem.source(),
                problem.line(),
                problem.column(),
                problem.path(),
                redacted(problem.value()),
                redacted(problem.complaint()),
                redacted(problem.expected()),
                redacted(problem.suggestion()));
    }

    private String redacted(String text) {
        String redacted = text;
        for (String secret : secrets) {
            redacted = redacted.replace(secret, "***");
        }
        return redacted;
    }
}
