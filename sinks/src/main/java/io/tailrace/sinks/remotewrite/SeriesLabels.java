package io.tailrace.sinks.remotewrite;

import io.tailrace.operators.metrics.Dimension;
import io.tailrace.operators.metrics.Series;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The labels of a series: its application, its dimensions, and those that all series get. A
 * dimension that would take the place of another label is exported under a prefix, as Prometheus
 * does; dimensions that become one label are joined.
 */
final class SeriesLabels {

    static final String NAME = "__name__";
    static final String BOUND = "le";
    private static final String BUSINESS = "bk_biz_id";
    private static final String APPLICATION = "app_name";

    /** That nothing else may be called. */
    static final List<String> OWN = List.of(BUSINESS, APPLICATION, BOUND);

    private final Map<String, String> external;

    SeriesLabels(Map<String, String> external) {
        this.external = external;
    }

    /** Sorted by name, none of them empty, which would be as good as none. */
    SortedMap<String, String> of(Series series) {
        SortedMap<String, String> dimensions = new TreeMap<>();
        for (Dimension dimension : series.dimensions()) {
            if (!dimension.value().isEmpty()) {
                dimensions.merge(
                        PrometheusNames.label(dimension.name()),
                        dimension.value(),
                        (one, other) -> one + ';' + other);
            }
        }
        SortedMap<String, String> labels = new TreeMap<>(external);
        labels.put(BUSINESS, Long.toString(series.application().bizId()));
        labels.put(APPLICATION, series.application().name());
        labels.values().removeIf(String::isEmpty);
        dimensions.forEach(
                (name, value) -> {
                    String free = name;
                    while (labels.containsKey(free) || OWN.contains(free)) {
                        free = "exported_" + free;
                    }
                    labels.put(free, value);
                });
        return labels;
    }
}
