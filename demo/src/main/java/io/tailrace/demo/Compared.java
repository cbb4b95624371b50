package io.tailrace.demo;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * One comparison with the plain reading.
 *
 * @param what such as decisions
 * @param count how many there are by the plain reading
 * @param differences in words; none where all are the same
 */
public record Compared(String what, long count, List<String> differences) {

    private static final int SHOWN = 3;
    private static final int MOST_SHOWN = 400;

    public boolean isSame() {
        return differences.isEmpty();
    }

    /** What there is to say of it, with the first differences. */
    public List<String> lines() {
        return Stream.concat(
                        Stream.of(line()),
                        differences.stream().sorted().limit(SHOWN).flatMap(Compared::shortened))
                .toList();
    }

    private static Stream<String> shortened(String difference) {
        return difference
                .lines()
                .map(line -> "      " + line.substring(0, Math.min(line.length(), MOST_SHOWN)));
    }

    private String line() {
        return isSame()
                ? String.format(Locale.ROOT, "  %-24s %,9d  equal", what, count)
                : String.format(
                        Locale.ROOT, "  %-24s %,9d  %,d DIFFER", what, count, differences.size());
    }
}
