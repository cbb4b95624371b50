package io.tailrace.jobs.testing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** Compares large collections whose order does not matter. */
public final class Counted {

    private static final int SHOWN = 5;

    private Counted() {}

    /** Fails unless the same elements are there, each as often; shows the first that differ. */
    public static <T> void assertSame(String what, List<T> actual, List<T> expected) {
        Map<T, Long> there = count(actual);
        Map<T, Long> wanted = count(expected);
        Map<T, Long> all = new HashMap<>(wanted);
        all.putAll(there);
        List<String> differences = new ArrayList<>();
        for (T each : all.keySet()) {
            if (!Objects.equals(there.get(each), wanted.get(each))) {
                differences.add(
                        "%d times instead of %d: %s"
                                .formatted(
                                        there.getOrDefault(each, 0L),
                                        wanted.getOrDefault(each, 0L),
                                        each));
            }
        }
        assertThat(differences.stream().sorted().limit(SHOWN).toList())
                .as(
                        "%s: %d instead of %d, of which %d differ",
                        what, actual.size(), expected.size(), differences.size())
                .isEmpty();
    }

    private static <T> Map<T, Long> count(List<T> elements) {
        return elements.stream()
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }
}
