package io.tailrace.sinks.metrics;

import io.tailrace.operators.application.Application;
import io.tailrace.operators.metrics.Dimension;
import io.tailrace.operators.metrics.DurationTotals;
import io.tailrace.operators.metrics.Exemplar;
import io.tailrace.operators.metrics.ExplicitHistogram;
import io.tailrace.operators.metrics.ExponentialHistogram;
import io.tailrace.operators.metrics.Histogram;
import io.tailrace.operators.metrics.MetricRow;
import io.tailrace.operators.metrics.MetricSample;
import io.tailrace.operators.metrics.Series;
import io.tailrace.operators.metrics.SeriesKind;
import io.tailrace.operators.metrics.SeriesTotals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Series and what they come to, for tests of what is made of them. */
public final class RandomMetrics {

    public static final Application SHOP = new Application(2, "shop");

    /** In microseconds: a half, one, ten and 400 milliseconds. */
    private static final long[] BOUNDS = {500, 1_000, 10_000, 400_000};

    private final Random random;
    private final boolean exponential;

    public RandomMetrics(long seed, boolean exponential) {
        random = new Random(seed);
        this.exponential = exponential;
    }

    /** With the names of the dimensions as {@code naming: otel} has them. */
    public static Series spans(String service, String name) {
        return Series.of(
                SeriesKind.SPANS,
                SHOP,
                service,
                List.of(
                        new Dimension("service.name", service),
                        new Dimension("span.kind", "SPAN_KIND_SERVER"),
                        new Dimension("span.name", name),
                        new Dimension("status.code", "STATUS_CODE_UNSET")));
    }

    public static Series events(String service, String exception) {
        return Series.of(
                SeriesKind.EVENTS,
                SHOP,
                service,
                List.of(
                        new Dimension("service.name", service),
                        new Dimension("exception.type", exception)));
    }

    public static Series edge(String client, String server) {
        return Series.of(
                SeriesKind.EDGES,
                SHOP,
                client,
                List.of(
                        new Dimension("client", client),
                        new Dimension("server", server),
                        new Dimension("connection_type", "messaging_system")));
    }

    public MetricSample sample(Series series, long start, long time) {
        return new MetricSample(series, start, time, totals(series.kind(), 1 + random.nextInt(50)));
    }

    public MetricRow row(Series series, long windowStart, int revision) {
        SeriesTotals totals = totals(series.kind(), 1 + random.nextInt(50));
        return new MetricRow(
                series, windowStart, revision, windowStart + 70_000, totals, totals.copy());
    }

    /**
     * @param spans 0 for those of which nothing is known
     */
    public SeriesTotals totals(SeriesKind kind, int spans) {
        SeriesTotals totals = empty(kind);
        List<SeriesTotals.Apdex> felt = new ArrayList<>(List.of(SeriesTotals.Apdex.values()));
        for (int i = 0; i < spans; i++) {
            boolean error = random.nextInt(4) == 0;
            long micros = random.nextInt(10) == 0 ? 0 : random.nextInt(800_000);
            long times = random.nextInt(5) == 0 ? 1 + random.nextInt(20) : 1;
            totals.add(
                    times,
                    error,
                    felt.get(random.nextInt(felt.size())),
                    random.nextBoolean(),
                    random.nextBoolean());
            totals.durations().add(micros, times);
            if (kind == SeriesKind.EDGES && random.nextInt(3) > 0) {
                totals.clientDurations().add(micros + random.nextInt(3_000), times);
            }
            totals.exemplar(
                    new Exemplar(
                            random.nextLong(),
                            random.nextLong(),
                            random.nextLong(),
                            micros,
                            1_700_000_000_000L + i),
                    error);
        }
        return totals;
    }

    private SeriesTotals empty(SeriesKind kind) {
        return new SeriesTotals(
                new DurationTotals(histogram()),
                kind == SeriesKind.EDGES ? new DurationTotals(histogram()) : null);
    }

    private Histogram histogram() {
        return exponential ? new ExponentialHistogram(20) : new ExplicitHistogram(BOUNDS.clone());
    }
}
