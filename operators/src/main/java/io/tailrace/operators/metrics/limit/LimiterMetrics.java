package io.tailrace.operators.metrics.limit;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

import io.tailrace.operators.application.ServiceCounters;
import io.tailrace.operators.metrics.Series;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What the limiter replaced, in the group {@code tailrace}, by service and dimension. */
final class LimiterMetrics {

    private static final Logger LOG = LoggerFactory.getLogger(LimiterMetrics.class);

    private final MetricGroup group;
    private final Counter admitted;
    private final Map<String, Replaced> byDimension = new HashMap<>();

    LimiterMetrics(MetricGroup operator) {
        group = operator.addGroup("tailrace");
        admitted = group.counter("series_admitted");
    }

    /** A series that was not there before. */
    void admitted() {
        admitted.inc();
    }

    /**
     * @param dimension whose value gave way
     * @param spans of the part that had it
     */
    void replaced(Series series, String dimension, long spans) {
        Replaced replaced =
                byDimension.computeIfAbsent(
                        dimension, each -> new Replaced(group.addGroup("dimension", each)));
        replaced.parts.add(series.service(), 1);
        replaced.spans.add(series.service(), spans);
        if (replaced.told.size() < ServiceCounters.MOST_SERVICES
                && replaced.told.add(series.service())) {
            LOG.warn(
                    "Service {} of {} has too many values or series; the first value of {} that"
                            + " became {} is {}",
                    series.service(),
                    series.application(),
                    dimension,
                    SeriesLimiter.OVERFLOW,
                    series.value(dimension));
        }
    }

    /** What is counted of one dimension. */
    private static final class Replaced {
        private final ServiceCounters parts;
        private final ServiceCounters spans;
        private final Set<String> told = new HashSet<>();

        Replaced(MetricGroup dimension) {
            parts = new ServiceCounters(dimension, "overflowed_parts");
            spans = new ServiceCounters(dimension, "overflowed_spans");
        }
    }
}
