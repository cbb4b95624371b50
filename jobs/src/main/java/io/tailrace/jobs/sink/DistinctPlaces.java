package io.tailrace.jobs.sink;

import io.tailrace.operators.settings.Checked;
import io.tailrace.sinks.jdbc.Database;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * That no two {@code jdbc} sinks of a stream write to the same tables.
 *
 * @param stream the key of its sinks
 */
public record DistinctPlaces(String stream, Checked.Problems problems) {

    /**
     * @param databases of the sinks in their order; null for those that are no {@code jdbc}
     */
    public void check(List<Database> databases) {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < databases.size(); i++) {
            if (databases.get(i) != null) {
                Integer other = places.putIfAbsent(databases.get(i).place(), i);
                if (other != null) {
                    problems.expected(
                            "%s[%d].jdbc".formatted(stream, i),
                            "another schema or database than that of %s[%d]"
                                    .formatted(stream, other));
                }
            }
        }
    }
}
