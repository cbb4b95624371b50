package io.tailrace.operators.metrics.limit;

import io.tailrace.operators.metrics.Dimension;
import io.tailrace.operators.serialization.ValueTypeInformation;

import java.util.Map;
import java.util.TreeMap;

/**
 * How much of a service is admitted.
 *
 * @param series as they came
 * @param marked series with replaced values
 * @param values distinct ones, by dimension; nobody may change them
 */
public record AdmittedCounts(int series, int marked, Map<String, Integer> values) {

    public static final ValueTypeInformation<AdmittedCounts> TYPE =
            new ValueTypeInformation<>(AdmittedCounts.class, new AdmittedCountsSerializer());

    static final AdmittedCounts NONE = new AdmittedCounts(0, 0, Map.of());

    int values(String dimension) {
        return values.getOrDefault(dimension, 0);
    }

    AdmittedCounts oneMore(boolean replaced, Iterable<Dimension> newValues) {
        Map<String, Integer> now = new TreeMap<>(values);
        newValues.forEach(dimension -> now.merge(dimension.name(), 1, Integer::sum));
        return new AdmittedCounts(series + (replaced ? 0 : 1), marked + (replaced ? 1 : 0), now);
    }
}
