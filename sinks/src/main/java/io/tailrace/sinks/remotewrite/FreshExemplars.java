package io.tailrace.sinks.remotewrite;

import io.tailrace.operators.metrics.Exemplar;
import io.tailrace.operators.metrics.MetricSample;
import io.tailrace.operators.metrics.SeriesId;
import io.tailrace.sinks.metrics.Exemplars;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds those exemplars of a series that ended later than all that were sent of it. Cumulative
 * samples bring the same ones again and again, and Prometheus complains of each that is older than
 * one that it has. Of series that were not seen for long it forgets what was sent.
 */
final class FreshExemplars {

    private static final int MOST_SERIES = 50_000;

    /** The latest end in milliseconds since the epoch. */
    private final Map<SeriesId, Long> sent =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<SeriesId, Long> eldest) {
                    return size() > MOST_SERIES;
                }
            };

    /** Counts them as sent. */
    List<Exemplar> of(MetricSample sample) {
        SeriesId series = sample.series().id();
        long before = sent.getOrDefault(series, Long.MIN_VALUE);
        List<Exemplar> fresh =
                Exemplars.of(sample.totals()).stream()
                        .filter(each -> each.endMillis() > before)
                        .toList();
        fresh.forEach(each -> sent.merge(series, each.endMillis(), Math::max));
        return fresh;
    }
}
