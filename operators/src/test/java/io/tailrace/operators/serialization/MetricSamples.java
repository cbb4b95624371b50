package io.tailrace.operators.serialization;

import io.tailrace.operators.application.Application;
import io.tailrace.operators.metrics.Dimension;
import io.tailrace.operators.metrics.DurationTotals;
import io.tailrace.operators.metrics.Exemplar;
import io.tailrace.operators.metrics.ExplicitHistogram;
import io.tailrace.operators.metrics.ExponentialHistogram;
import io.tailrace.operators.metrics.Histogram;
import io.tailrace.operators.metrics.MetricPart;
import io.tailrace.operators.metrics.MetricPartSerializer;
import io.tailrace.operators.metrics.MetricRow;
import io.tailrace.operators.metrics.MetricRowSerializer;
import io.tailrace.operators.metrics.MetricSample;
import io.tailrace.operators.metrics.MetricSampleSerializer;
import io.tailrace.operators.metrics.Series;
import io.tailrace.operators.metrics.SeriesId;
import io.tailrace.operators.metrics.SeriesIdSerializer;
import io.tailrace.operators.metrics.SeriesKind;
import io.tailrace.operators.metrics.SeriesSerializer;
import io.tailrace.operators.metrics.SeriesTotals;
import io.tailrace.operators.metrics.SeriesTotals.Apdex;

import java.util.List;

/** Values of the types that virtual metrics are made of. */
final class MetricSamples {

    private static final Series SPANS =
            Series.of(
                    SeriesKind.SPANS,
                    new Application(-7, "shop"),
                    "cart",
                    List.of(new Dimension("span_name", "GET /\u00fc"), new Dimension("kind", "2")));
    private static final Series EDGES =
            Series.of(SeriesKind.EDGES, new Application(Long.MAX_VALUE, ""), "", List.of());

    private MetricSamples() {}

    static List<Samples<?>> all() {
        SeriesTotals explicit = spans(new ExplicitHistogram(1, 1000, 1_000_000));
        SeriesTotals exponential = spans(new ExponentialHistogram(160));
        return List.of(
                samples(
                        "series-id",
                        SeriesId.class,
                        new SeriesIdSerializer(),
                        List.of(new SeriesId(Long.MIN_VALUE, -1), new SeriesId(0, 1))),
                samples("series", Series.class, new SeriesSerializer(), List.of(SPANS, EDGES)),
                samples(
                        "metric-part",
                        MetricPart.class,
                        new MetricPartSerializer(),
                        List.of(
                                new MetricPart(
                                        SPANS, 1_700_000_040_000L, 1_700_000_050_001L, explicit),
                                new MetricPart(SPANS, 0, -1, exponential),
                                new MetricPart(EDGES, -60_000, Long.MAX_VALUE, calls()))),
                samples(
                        "metric-row",
                        MetricRow.class,
                        new MetricRowSerializer(),
                        List.of(
                                new MetricRow(SPANS, 60_000, 0, 130_000, explicit, explicit),
                                new MetricRow(EDGES, 60_000, 300, 130_001, calls(), empty()))),
                samples(
                        "metric-sample",
                        MetricSample.class,
                        new MetricSampleSerializer(),
                        List.of(
                                new MetricSample(SPANS, 60_000, 130_000, exponential),
                                new MetricSample(EDGES, 0, Long.MAX_VALUE, empty()))));
    }

    private static <T> Samples<T> samples(
            String name, Class<T> type, ValueSerializer<T> serializer, List<T> values) {
        return new Samples<>(name, type, serializer, values, List.of());
    }

    private static SeriesTotals spans(Histogram histogram) {
        SeriesTotals totals = new SeriesTotals(new DurationTotals(histogram), null);
        long[] durations = {0, 1, 5_000, 123_456_789, 1L << 50};
        for (Apdex apdex : Apdex.values()) {
            totals.add(300, apdex == Apdex.FRUSTRATED, apdex, true, false);
        }
        for (long duration : durations) {
            totals.durations().add(duration, 240);
        }
        totals.add(1, false, Apdex.NONE, false, true);
        totals.durations().add(77, 1);
        totals.exemplar(new Exemplar(-1, 2, Long.MIN_VALUE, 1L << 50, 1_700_000_040_001L), true);
        return totals;
    }

    private static SeriesTotals empty() {
        return new SeriesTotals(
                new DurationTotals(new ExponentialHistogram(2)),
                new DurationTotals(new ExponentialHistogram(2)));
    }

    private static SeriesTotals calls() {
        SeriesTotals totals = empty();
        totals.add(2, true, Apdex.NONE, false, false);
        totals.durations().add(5, 1);
        totals.clientDurations().add(9, 2);
        totals.exemplar(new Exemplar(1, 2, 3, 9, 4), false);
        return totals;
    }
}
