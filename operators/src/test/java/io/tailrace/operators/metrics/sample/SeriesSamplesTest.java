package io.tailrace.operators.metrics.sample;

import io.tailrace.operators.metrics.CountedSpan;
import io.tailrace.operators.metrics.ExponentialHistogram;
import io.tailrace.operators.metrics.MetricRow;
import io.tailrace.operators.metrics.MetricSample;
import io.tailrace.operators.metrics.Series;
import io.tailrace.operators.metrics.SeriesId;
import io.tailrace.operators.metrics.SeriesTotals;
import io.tailrace.operators.testing.KeyedHarness;
import io.tailrace.operators.testing.KeyedHarness.Backend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class SeriesSamplesTest {

    private static final Duration EXPIRATION = Duration.ofHours(1);

    private static KeyedHarness<SeriesId, MetricRow, MetricSample> open(
            Backend backend, Temporality temporality) throws Exception {
        return KeyedHarness.of(
                backend,
                () -> new SeriesSamples(temporality, EXPIRATION),
                row -> row.series().id(),
                SeriesId.TYPE,
                MetricSample.TYPE,
                List.of("sampled-series"));
    }

    private static MetricRow row(Series series, long window, long fired, long micros) {
        SeriesTotals totals =
                CountedSpan.totals(List.of(new CountedSpan(series, window, fired, micros, false)));
        return new MetricRow(series, window, 0, fired, totals, totals);
    }

    @ParameterizedTest
    @CsvSource({
        "CUMULATIVE, HASHMAP, 30",
        "CUMULATIVE, ROCKSDB, 5",
        "DELTA, HASHMAP, 30",
        "DELTA, ROCKSDB, 5"
    })
    void samplesComeToAllThatRowsBrought(Temporality temporality, Backend backend, int seeds)
            throws Exception {
        for (long seed = 0; seed < seeds; seed++) {
            Random random = new Random(seed);
            Map<SeriesId, SeriesTotals> plain = new HashMap<>();
            Map<SeriesId, Long> starts = new HashMap<>();
            int rows = 200;
            try (var samples = open(backend, temporality)) {
                long time = 1_000_000;
                for (int i = 0; i < rows; i++) {
                    // Often several at one time, now and then one of before.
                    time += random.nextInt(3) * 500L;
                    long fired = time - (random.nextInt(10) == 0 ? random.nextInt(2000) : 0);
                    Series series = CountedSpan.series("service" + random.nextInt(5));
                    MetricRow row = row(series, fired - 700 - random.nextInt(500), fired, i);
                    plain.merge(series.id(), row.added(), SeriesSamplesTest::sum);
                    starts.putIfAbsent(series.id(), row.windowStart());
                    samples.send(row, fired);
                    if (random.nextInt(6) == 0) {
                        samples.watermark(time - 2000);
                    }
                    if (random.nextInt(60) == 0) {
                        samples.restart(1 + random.nextInt(2));
                    }
                }
                samples.end();

                assertThat(samples.entries()).isZero();
                assertThat(samples.timers()).isZero();
                Map<SeriesId, List<MetricSample>> bySeries =
                        samples.output().stream()
                                .collect(Collectors.groupingBy(sample -> sample.series().id()));
                assertThat(bySeries.keySet()).isEqualTo(plain.keySet());
                bySeries.forEach(
                        (id, all) -> {
                            assertThat(all.get(0).start()).isEqualTo(starts.get(id));
                            assertThat(total(all, temporality)).isEqualTo(plain.get(id));
                        });
            }
        }
    }

    private static SeriesTotals sum(SeriesTotals one, SeriesTotals other) {
        SeriesTotals sum = one.copy();
        sum.merge(other);
        return sum;
    }

    /** As a receiver reckons it, who wants samples in the order of time. */
    private static SeriesTotals total(List<MetricSample> samples, Temporality temporality) {
        SeriesTotals total = samples.get(0).totals();
        for (int i = 1; i < samples.size(); i++) {
            MetricSample before = samples.get(i - 1);
            MetricSample sample = samples.get(i);
            assertThat(sample.time()).isGreaterThan(before.time());
            if (temporality == Temporality.CUMULATIVE) {
                assertThat(sample.start()).isEqualTo(samples.get(0).start());
                assertThat(sample.totals().count()).isGreaterThan(total.count());
                total = sample.totals();
            } else {
                assertThat(sample.start()).isEqualTo(before.time());
                total = sum(total, sample.totals());
            }
        }
        return total;
    }

    @Test
    void aSeriesBeginsAnewOnceItHasExpired() throws Exception {
        Series series = CountedSpan.series("cart");
        long hour = EXPIRATION.toMillis();
        try (var samples = open(Backend.HASHMAP, Temporality.CUMULATIVE)) {
            samples.send(row(series, 0, 1000, 1), 1000);
            samples.send(row(series, 5000, 6000, 1), 6000);
            samples.watermark(6000 + hour - 1);
            samples.send(row(series, hour, hour + 6000, 1), hour + 6000);
            samples.restart(2);
            samples.watermark(2 * hour + 5999);
            assertThat(samples.entries()).isEqualTo(1);
            samples.watermark(2 * hour + 6000);
            assertThat(samples.entries()).isZero();
            samples.send(row(series, 3 * hour, 3 * hour + 1, 1), 3 * hour + 1);

            List<String> seen = new ArrayList<>();
            samples.output()
                    .forEach(
                            sample ->
                                    seen.add(
                                            "%d to %d: %d"
                                                    .formatted(
                                                            sample.start(),
                                                            sample.time(),
                                                            sample.totals().count())));
            assertThat(seen)
                    .containsExactly(
                            "0 to 1000: 1",
                            "0 to 6000: 2",
                            "0 to 3606000: 3",
                            "10800000 to 10800001: 1");
        }
    }

    @ParameterizedTest
    @EnumSource
    void laterSpansAreToldInTheNextSample(Temporality temporality) throws Exception {
        Series series = CountedSpan.series("cart");
        boolean cumulative = temporality == Temporality.CUMULATIVE;
        try (var samples = open(Backend.HASHMAP, temporality)) {
            samples.send(row(series, 0, 6000, 1), 6000);
            samples.send(corrected(row(series, 0, 7000, 1)), 7000);
            samples.watermark(8000);
            samples.send(row(series, 5000, 11_000, 1), 11_000);
            samples.send(row(series, 2000, 11_000, 1), 11_000);
            samples.send(corrected(row(series, 5000, 12_000, 1)), 12_000);
            samples.watermark(1_000_000);
            assertThat(samples.output())
                    .extracting(MetricSample::time, sample -> sample.totals().count())
                    .containsExactly(tuple(6000L, 1L), tuple(11_000L, cumulative ? 3L : 2L));

            samples.end();

            assertThat(samples.output()).hasSize(3);
            MetricSample last = samples.output().get(2);
            assertThat(last.time()).isEqualTo(12_000);
            assertThat(last.totals().count()).isEqualTo(cumulative ? 5 : 2);
        }
    }

    private static MetricRow corrected(MetricRow row) {
        return new MetricRow(
                row.series(), row.windowStart(), 1, row.fired(), row.totals(), row.added());
    }

    /** By buckets of another kind than those of all other rows here. */
    private static MetricRow reshaped(Series series, long window, long fired, long micros) {
        SeriesTotals totals =
                row(series, window, fired, micros).totals().inShape(new ExponentialHistogram(20));
        return new MetricRow(series, window, 0, fired, totals, totals);
    }

    @ParameterizedTest
    @EnumSource
    void otherBucketsBeginASeriesAnewAndLoseNothing(Temporality temporality) throws Exception {
        Series series = CountedSpan.series("cart");
        try (var samples = open(Backend.HASHMAP, temporality)) {
            samples.send(row(series, 1000, 3000, 5), 3000);
            // Waits for the next sample.
            samples.send(row(series, 0, 3000, 6), 3000);
            samples.restart(1);
            samples.send(reshaped(series, 2000, 4000, 7), 4000);
            samples.send(reshaped(series, 3000, 5000, 8), 5000);
            samples.end();

            List<MetricSample> told = samples.output();
            assertThat(told)
                    .extracting(MetricSample::time)
                    .containsExactly(3000L, 3001L, 4000L, 5000L);
            boolean cumulative = temporality == Temporality.CUMULATIVE;
            assertThat(told)
                    .extracting(MetricSample::start)
                    .containsExactly(
                            1000L, cumulative ? 1000L : 3000L, 3001L, cumulative ? 3001L : 4000L);
            assertThat(told)
                    .extracting(sample -> sample.totals().count())
                    .containsExactly(1L, cumulative ? 2L : 1L, 1L, cumulative ? 2L : 1L);
            assertThat(samples.metric("series_begun_anew")).isEqualTo(1);
        }
    }
}
