package io.tailrace.operators.metrics;

import io.tailrace.operators.application.Application;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * A span of a series, counted by itself.
 *
 * @param end milliseconds since the epoch
 */
public record CountedSpan(Series series, long end, long arrival, long micros, boolean error) {

    public static final Application SHOP = new Application(2, "shop");

    private static final long[] BOUNDS = {10, 100, 1000};

    /** A series of spans by names and values. */
    public static Series series(String service, String... namesAndValues) {
        List<Dimension> dimensions = new ArrayList<>();
        dimensions.add(new Dimension("service_name", service));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            dimensions.add(new Dimension(namesAndValues[i], namesAndValues[i + 1]));
        }
        return Series.of(SeriesKind.SPANS, SHOP, service, dimensions);
    }

    /** Spans of one series and window in one part. */
    public static MetricPart part(long windowStart, List<CountedSpan> spans) {
        long arrival = spans.stream().mapToLong(CountedSpan::arrival).max().orElseThrow();
        return new MetricPart(spans.get(0).series(), windowStart, arrival, totals(spans));
    }

    /** As one subtask counts them. */
    public static SeriesTotals totals(List<CountedSpan> spans) {
        boolean edges = spans.get(0).series().kind() == SeriesKind.EDGES;
        SeriesTotals totals =
                new SeriesTotals(
                        new DurationTotals(new ExplicitHistogram(BOUNDS)),
                        edges ? new DurationTotals(new ExplicitHistogram(BOUNDS)) : null);
        for (CountedSpan span : spans) {
            totals.add(1, span.error(), SeriesTotals.Apdex.NONE, true, false);
            totals.durations().add(span.micros(), 1);
            totals.exemplar(
                    new Exemplar(1, span.arrival(), span.micros(), span.micros(), span.end()),
                    span.error());
        }
        return totals;
    }

    /** What spans come to, told from each of them. */
    public static String plainly(List<CountedSpan> spans) {
        StringBuilder buckets = new StringBuilder();
        long below = 0;
        for (long bound : BOUNDS) {
            long upTo = spans.stream().filter(span -> span.micros() <= bound).count();
            buckets.append(upTo - below).append(' ');
            below = upTo;
        }
        buckets.append(spans.size() - below);
        return "count %d errors %d sum %d max %d min %d buckets %s"
                .formatted(
                        spans.size(),
                        spans.stream().filter(CountedSpan::error).count(),
                        sum(spans, CountedSpan::micros),
                        spans.stream().mapToLong(CountedSpan::micros).max().orElse(0),
                        spans.stream().mapToLong(CountedSpan::micros).min().orElse(0),
                        buckets);
    }

    private static long sum(List<CountedSpan> spans, ToLongFunction<CountedSpan> number) {
        return spans.stream().mapToLong(number).sum();
    }

    /** The same of totals. */
    public static String told(SeriesTotals totals) {
        StringBuilder buckets = new StringBuilder();
        for (long count : ((ExplicitHistogram) totals.durations().histogram()).counts()) {
            buckets.append(buckets.isEmpty() ? "" : " ").append(count);
        }
        return "count %d errors %d sum %d max %d min %d buckets %s"
                .formatted(
                        totals.count(),
                        totals.errors(),
                        totals.durations().sumMicros(),
                        totals.durations().maxMicros(),
                        totals.durations().minMicros(),
                        buckets);
    }
}
