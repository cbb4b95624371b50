package io.tailrace.operators.metrics.window;

import io.tailrace.operators.metrics.CountedSpan;
import io.tailrace.operators.metrics.ExplicitHistogram;
import io.tailrace.operators.metrics.HistogramSettings;
import io.tailrace.operators.metrics.MetricPart;
import io.tailrace.operators.metrics.MetricRow;
import io.tailrace.operators.metrics.Series;
import io.tailrace.operators.metrics.SeriesId;
import io.tailrace.operators.metrics.SeriesKind;
import io.tailrace.operators.metrics.SeriesTotals;
import io.tailrace.operators.metrics.TestMetricsSettings;
import io.tailrace.operators.testing.KeyedHarness;
import io.tailrace.operators.testing.KeyedHarness.Backend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import static io.tailrace.operators.metrics.CountedSpan.plainly;
import static io.tailrace.operators.metrics.CountedSpan.told;
import static org.assertj.core.api.Assertions.assertThat;

class SeriesWindowsTest {

    private static final WindowTimes SPANS = new WindowTimes(1000, 200, 3000);
    private static final WindowTimes EDGES = new WindowTimes(1000, 700, 3000);
    private static final HistogramSettings BUCKETS = buckets(10, 100, 1000);
    private static final int JITTER = 300;

    /** A window of a series. */
    private record Key(SeriesId id, long window) {}

    private static KeyedHarness<SeriesId, MetricPart, MetricRow> open(Backend backend)
            throws Exception {
        return open(backend, () -> BUCKETS);
    }

    /**
     * @param buckets asked at each start
     */
    private static KeyedHarness<SeriesId, MetricPart, MetricRow> open(
            Backend backend, Supplier<HistogramSettings> buckets) throws Exception {
        return KeyedHarness.of(
                backend,
                () -> new SeriesWindows(SPANS, buckets.get(), EDGES, buckets.get()),
                part -> part.series().id(),
                SeriesId.TYPE,
                MetricRow.TYPE,
                List.of("windows", "series"));
    }

    private static HistogramSettings buckets(long... micros) {
        return TestMetricsSettings.explicit(
                Arrays.stream(micros).mapToObj(each -> Duration.ofNanos(1000 * each)).toList());
    }

    private static WindowTimes times(Series series) {
        return series.kind() == SeriesKind.SPANS ? SPANS : EDGES;
    }

    @ParameterizedTest
    @EnumSource
    void rowsAreThoseOfAPlainCount(Backend backend) throws Exception {
        int corrections = 0;
        for (long seed = 0; seed < (backend == Backend.HASHMAP ? 40 : 6); seed++) {
            Random random = new Random(seed);
            List<CountedSpan> spans = spans(random);
            Map<Key, List<CountedSpan>> plain =
                    spans.stream().collect(Collectors.groupingBy(SeriesWindowsTest::key));
            try (var windows = open(backend)) {
                send(spans, random, windows);
                if (seed % 2 == 0) {
                    windows.end();
                } else {
                    windows.watermark(1_100_000);
                }
                assertRows(windows.output(), plain, seed);
                assertThat(windows.entries()).as("seed %d", seed).isZero();
                assertThat(windows.timers()).as("seed %d", seed).isZero();
                corrections += windows.output().size() - plain.size();
            }
        }
        assertThat(corrections).as("rows that corrected others").isGreaterThan(100);
    }

    /** None of them is too late. */
    private static List<CountedSpan> spans(Random random) {
        List<Series> series = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Series one = CountedSpan.series("service" + i, "kind", "2");
            series.add(one);
            series.add(
                    Series.of(
                            SeriesKind.EDGES, one.application(), one.service(), one.dimensions()));
        }
        List<CountedSpan> spans = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            long arrival = 1_000_000L + random.nextInt(20_000);
            int lag = random.nextInt(3) == 0 ? 6000 : 1500;
            CountedSpan span =
                    new CountedSpan(
                            series.get(random.nextInt(series.size())),
                            arrival + 200 - random.nextInt(lag),
                            arrival,
                            random.nextInt(2000),
                            random.nextInt(5) == 0);
            WindowTimes times = times(span.series());
            if (!times.tooLate(times.start(span.end()), arrival)) {
                spans.add(span);
            }
        }
        return spans;
    }

    private static Key key(CountedSpan span) {
        return new Key(span.series().id(), times(span.series()).start(span.end()));
    }

    /** Out of order, some of them together, with restarts and watermarks that keep their word. */
    private static void send(
            List<CountedSpan> spans,
            Random random,
            KeyedHarness<SeriesId, MetricPart, MetricRow> windows)
            throws Exception {
        Map<CountedSpan, Long> turns = new HashMap<>();
        spans.forEach(span -> turns.put(span, span.arrival() + random.nextInt(JITTER)));
        List<CountedSpan> sorted = spans.stream().sorted(Comparator.comparing(turns::get)).toList();
        for (int i = 0; i < sorted.size(); ) {
            List<CountedSpan> together = new ArrayList<>(List.of(sorted.get(i++)));
            while (i < sorted.size() && key(sorted.get(i)).equals(key(together.get(0)))) {
                together.add(sorted.get(i++));
            }
            MetricPart part = CountedSpan.part(key(together.get(0)).window(), together);
            windows.send(part, part.arrival());
            if (random.nextInt(5) == 0) {
                windows.watermark(turns.get(together.get(together.size() - 1)) - JITTER);
            }
            if (random.nextInt(100) == 0) {
                windows.restart(1 + random.nextInt(2));
            }
        }
    }

    private static void assertRows(
            List<MetricRow> rows, Map<Key, List<CountedSpan>> plain, long seed) {
        Map<Key, List<MetricRow>> byKey =
                rows.stream()
                        .collect(
                                Collectors.groupingBy(
                                        row -> new Key(row.series().id(), row.windowStart())));
        assertThat(byKey.keySet()).as("seed %d", seed).isEqualTo(plain.keySet());
        byKey.forEach(
                (key, revisions) -> {
                    MetricRow last = revisions.get(revisions.size() - 1);
                    List<CountedSpan> counted = plain.get(key);
                    assertThat(told(last.totals())).isEqualTo(plainly(counted));
                    assertThat(last.totals()).isEqualTo(CountedSpan.totals(counted));
                    assertRevisions(revisions, counted);
                });
    }

    private static void assertRevisions(List<MetricRow> revisions, List<CountedSpan> counted) {
        MetricRow first = revisions.get(0);
        WindowTimes times = times(first.series());
        long due = times.due(first.windowStart());
        assertThat(first.fired()).isBetween(due, times.closed(first.windowStart()));
        assertThat(first.added()).isEqualTo(first.totals());
        List<CountedSpan> inTime = counted.stream().filter(span -> span.arrival() <= due).toList();
        assertThat(first.totals().count()).isGreaterThanOrEqualTo(inTime.size());
        if (!inTime.isEmpty()) {
            assertThat(first.fired()).isEqualTo(due);
        }
        SeriesTotals sum = first.added().copy();
        for (int i = 1; i < revisions.size(); i++) {
            MetricRow row = revisions.get(i);
            sum.merge(row.added());
            assertThat(row.revision()).isEqualTo(i);
            assertThat(row.totals()).isEqualTo(sum);
            assertThat(row.fired())
                    .isBetween(revisions.get(i - 1).fired(), times.closed(row.windowStart()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatComesAfterTheEndOfAWindowDoesNotTakeItsPlace(Backend backend) throws Exception {
        Series series = CountedSpan.series("cart");
        MetricPart part = CountedSpan.part(0, List.of(new CountedSpan(series, 5, 10, 7, false)));
        try (var windows = open(backend)) {
            windows.watermark(4199);
            windows.send(part, 10);
            windows.watermark(4200);
            assertThat(windows.output()).hasSize(1);
            windows.send(part, 10);
            windows.end();

            assertThat(windows.output()).hasSize(1);
            assertThat(windows.metric("service.cart.spans_behind_watermark")).isEqualTo(1);
            assertThat(windows.entries()).isZero();
            assertThat(windows.timers()).isZero();
        }
    }

    @Test
    void lateSpansCorrectARowNotLongAfterTheyArrive() throws Exception {
        Series series = CountedSpan.series("cart");
        CountedSpan inTime = new CountedSpan(series, 5, 10, 7, false);
        CountedSpan late = new CountedSpan(series, 5, 2000, 8, true);
        CountedSpan later = new CountedSpan(series, 5, 2500, 9, true);
        try (var windows = open(Backend.HASHMAP)) {
            windows.send(CountedSpan.part(0, List.of(inTime)), 10);
            windows.watermark(1199);
            assertThat(windows.output()).isEmpty();
            windows.watermark(1999);
            windows.send(CountedSpan.part(0, List.of(late)), 2000);
            windows.watermark(2199);
            assertThat(windows.output()).hasSize(1);
            windows.watermark(2200);
            assertThat(windows.output()).hasSize(2);
            windows.send(CountedSpan.part(0, List.of(later)), 2500);
            windows.watermark(3199);
            assertThat(windows.output()).hasSize(2);
            windows.end();
            assertThat(windows.output())
                    .extracting(MetricRow::fired)
                    .containsExactly(1200L, 2200L, 3200L);
            assertThat(windows.output())
                    .extracting(row -> row.totals().count())
                    .containsExactly(1L, 2L, 3L);
        }
    }

    /** The id of a series does not tell its services apart where the service is no dimension. */
    @Test
    void aRowHasOneServiceWhateverCameFirst() throws Exception {
        Series one = CountedSpan.series("cart");
        Series other =
                new Series(one.id(), one.kind(), one.application(), "billing", one.dimensions());
        List<MetricPart> parts =
                List.of(
                        CountedSpan.part(0, List.of(new CountedSpan(one, 5, 10, 7, false))),
                        CountedSpan.part(0, List.of(new CountedSpan(other, 5, 10, 7, false))));
        for (int first = 0; first < 2; first++) {
            try (var windows = open(Backend.HASHMAP)) {
                windows.send(parts.get(first), 10);
                windows.send(parts.get(1 - first), 10);
                windows.end();

                assertThat(windows.output())
                        .extracting(row -> row.series().service() + row.totals().count())
                        .containsExactly("billing2");
            }
        }
    }

    @Test
    void bucketsMayChangeOverARestart() throws Exception {
        Series series = CountedSpan.series("cart");
        MetricPart part =
                CountedSpan.part(
                        0,
                        List.of(
                                new CountedSpan(series, 5, 10, 7, false),
                                new CountedSpan(series, 6, 11, 90, true),
                                new CountedSpan(series, 7, 12, 2500, false)));
        AtomicReference<HistogramSettings> buckets = new AtomicReference<>(BUCKETS);
        try (var windows = open(Backend.HASHMAP, buckets::get)) {
            windows.send(part, 12);
            buckets.set(buckets(50, 2600));
            windows.restart(1);
            // One that was on its way, and counted as before.
            windows.send(part, 12);
            windows.end();

            assertThat(windows.metric("windows_reshaped")).isEqualTo(1);
            assertThat(windows.output()).hasSize(1);
            SeriesTotals totals = windows.output().get(0).totals();
            assertThat(totals.count()).isEqualTo(6);
            assertThat(totals.errors()).isEqualTo(2);
            assertThat(totals.durations().sumMicros()).isEqualTo(2 * (7 + 90 + 2500));
            assertThat(((ExplicitHistogram) totals.durations().histogram()).counts())
                    .containsExactly(2, 4, 0);
        }
    }
}
