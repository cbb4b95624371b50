package io.tailrace.demo;

import java.util.List;
import java.util.Locale;

/**
 * One comparison with the plain reading.
 *
 * @param what such as decisions
 * @param count how many there are by the plain reading
 * @param differences in words; none where all are the same
 */
public record Compared(String what, long count, List<String> differences) {

    public boolean isSame() {
        return differences.isEmpty();
    }

    public String line() {
        return isSame()
                ? String.format(Locale.ROOT, "  %-24s %,9d  equal", what, count)
                : String.format(
                        Locale.ROOT, "  %-24s %,9d  %,d DIFFER", what, count, differences.size());
    }
}
