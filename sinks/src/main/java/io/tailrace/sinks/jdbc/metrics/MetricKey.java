package io.tailrace.sinks.jdbc.metrics;

import io.tailrace.operators.metrics.MetricRow;
import io.tailrace.operators.metrics.SeriesId;

import java.util.Comparator;

/**
 * The key of a row.
 *
 * @param time the window's start, milliseconds since the epoch
 */
record MetricKey(long time, SeriesId series) implements Comparable<MetricKey> {

    private static final Comparator<MetricKey> ORDER =
            Comparator.comparingLong(MetricKey::time)
                    .thenComparingLong(key -> key.series.high())
                    .thenComparingLong(key -> key.series.low());

    static MetricKey of(MetricRow row) {
        return new MetricKey(row.windowStart(), row.series().id());
    }

    @Override
    public int compareTo(MetricKey other) {
        return ORDER.compare(this, other);
    }
}
