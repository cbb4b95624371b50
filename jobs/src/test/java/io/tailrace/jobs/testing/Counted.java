package io.tailrace.jobs.testing;

import io.tailrace.plain.Differences;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Compares large collections whose order does not matter. */
public final class Counted {

    private static final int SHOWN = 5;

    private Counted() {}

    /** Fails unless the same elements are there, each as often; shows the first that differ. */
    public static <T> void assertSame(String what, List<T> actual, List<T> expected) {
        List<String> differences = Differences.ofElements(actual, expected);
        assertThat(differences.stream().limit(SHOWN).toList())
                .as(
                        "%s: %d instead of %d, of which %d differ",
                        what, actual.size(), expected.size(), differences.size())
                .isEmpty();
    }
}
