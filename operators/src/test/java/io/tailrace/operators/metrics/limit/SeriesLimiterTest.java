package io.tailrace.operators.metrics.limit;

import io.tailrace.operators.metrics.CountedSpan;
import io.tailrace.operators.metrics.Dimension;
import io.tailrace.operators.metrics.MetricPart;
import io.tailrace.operators.metrics.Series;
import io.tailrace.operators.metrics.SeriesId;
import io.tailrace.operators.testing.KeyedHarness;
import io.tailrace.operators.testing.KeyedHarness.Backend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import static io.tailrace.operators.metrics.limit.SeriesLimiter.OVERFLOW;
import static org.assertj.core.api.Assertions.assertThat;

class SeriesLimiterTest {

    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final List<String> STATES =
            List.of("admitted-series", "marked-series", "admitted-values", "admitted-counts");

    private static KeyedHarness<ServiceKey, MetricPart, MetricPart> open(
            Backend backend, int maxSeries, int maxValues) throws Exception {
        SeriesLimits limits =
                new SeriesLimits(maxSeries, maxValues, Duration.ofHours(1), "service_name");
        return KeyedHarness.of(
                backend,
                () -> new SeriesLimiter(limits),
                ServiceKey::of,
                ServiceKey.TYPE,
                MetricPart.TYPE,
                STATES);
    }

    private static MetricPart part(Series series, long arrival, int spans) {
        List<CountedSpan> counted = new ArrayList<>();
        for (int i = 0; i < spans; i++) {
            counted.add(new CountedSpan(series, arrival, arrival, i, false));
        }
        return CountedSpan.part(0, counted);
    }

    @ParameterizedTest
    @EnumSource
    void totalsStayExactAndSeriesWithinLimits(Backend backend) throws Exception {
        for (long seed = 0; seed < (backend == Backend.HASHMAP ? 20 : 4); seed++) {
            Random random = new Random(seed);
            int maxSeries = 1 + random.nextInt(60);
            int maxValues = 1 + random.nextInt(30);
            List<MetricPart> sent = new ArrayList<>();
            try (var limiter = open(backend, maxSeries, maxValues)) {
                long time = 1_000_000;
                for (int i = 0; i < 600; i++) {
                    time += random.nextInt(1000);
                    MetricPart part = part(series(random), time - random.nextInt(3000), 1 + i % 3);
                    sent.add(part);
                    limiter.send(part, part.arrival());
                    if (random.nextInt(20) == 0) {
                        limiter.watermark(time - 3000);
                    }
                    if (random.nextInt(200) == 0) {
                        limiter.restart(1 + random.nextInt(2));
                    }
                }
                assertOneForOne(sent, limiter.output(), seed);
                assertWithin(limiter.output(), maxSeries, maxValues, seed);
                limiter.end();
                assertThat(limiter.entries()).as("seed %d", seed).isZero();
                assertThat(limiter.timers()).as("seed %d", seed).isZero();
            }
        }
    }

    private static Series series(Random random) {
        List<String> dimensions = new ArrayList<>();
        dimensions.addAll(List.of("span_name", "name" + random.nextInt(1 << 20)));
        dimensions.addAll(List.of("route", "route" + random.nextInt(40)));
        if (random.nextBoolean()) {
            dimensions.addAll(List.of("code", "code" + random.nextInt(5)));
        }
        return CountedSpan.series("service" + random.nextInt(3), dimensions.toArray(String[]::new));
    }

    /** Each part comes out with its own totals, and values that are its own or replaced. */
    private static void assertOneForOne(List<MetricPart> sent, List<MetricPart> got, long seed) {
        assertThat(got).as("seed %d", seed).hasSameSizeAs(sent);
        for (int i = 0; i < got.size(); i++) {
            Series before = sent.get(i).series();
            Series after = got.get(i).series();
            assertThat(got.get(i).totals()).isEqualTo(sent.get(i).totals());
            assertThat(after.service()).isEqualTo(before.service());
            assertThat(after.value("service_name")).isEqualTo(before.service());
            assertThat(after)
                    .isEqualTo(
                            Series.of(
                                    after.kind(),
                                    after.application(),
                                    after.service(),
                                    after.dimensions()));
            for (Dimension dimension : after.dimensions()) {
                if (!dimension.value().equals(OVERFLOW)) {
                    assertThat(dimension.value()).isEqualTo(before.value(dimension.name()));
                }
            }
        }
    }

    private static void assertWithin(
            List<MetricPart> got, int maxSeries, int maxValues, long seed) {
        Map<String, Set<SeriesId>> series = new HashMap<>();
        Map<String, Set<SeriesId>> marked = new HashMap<>();
        Map<String, Set<String>> values = new HashMap<>();
        for (MetricPart part : got) {
            String service = part.series().service();
            boolean replaced =
                    part.series().dimensions().stream().anyMatch(SeriesLimiterTest::marked);
            (replaced ? marked : series)
                    .computeIfAbsent(service, any -> new HashSet<>())
                    .add(part.series().id());
            for (Dimension dimension : part.series().dimensions()) {
                if (!marked(dimension)) {
                    values.computeIfAbsent(service + dimension.name(), any -> new HashSet<>())
                            .add(dimension.value());
                }
            }
        }
        assertThat(series.values()).as("seed %d", seed).allMatch(each -> each.size() <= maxSeries);
        // One is of last resort; it may be another one before each dimension is known.
        assertThat(marked.values())
                .as("seed %d", seed)
                .allMatch(each -> each.size() <= Math.max(1, maxSeries / 8) + 2);
        assertThat(values.values()).as("seed %d", seed).allMatch(each -> each.size() <= maxValues);
    }

    private static boolean marked(Dimension dimension) {
        return dimension.value().equals(OVERFLOW);
    }

    @ParameterizedTest
    @EnumSource
    void withinLimitsNothingChanges(Backend backend) throws Exception {
        List<MetricPart> parts = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            parts.add(part(CountedSpan.series("cart", "n", "" + i % 10, "m", "" + i % 4), i, 1));
        }
        try (var limiter = open(backend, 20, 10)) {
            for (MetricPart part : parts) {
                limiter.send(part, part.arrival());
            }
            assertThat(limiter.output()).isEqualTo(parts);
        }
    }

    @Test
    void aDimensionOfTooManyValuesGivesWayAndIsNamed() throws Exception {
        try (var limiter = open(Backend.HASHMAP, 1000, 10)) {
            for (int i = 0; i < 50; i++) {
                limiter.send(part(CountedSpan.series("cart", "id", "" + i, "code", "a"), i, 2), i);
            }
            assertThat(limiter.output().subList(10, 50))
                    .allMatch(
                            part ->
                                    part.series()
                                            .equals(
                                                    CountedSpan.series(
                                                            "cart", "id", OVERFLOW, "code", "a")));
            assertThat(limiter.metric("dimension.id.service.cart.overflowed_parts")).isEqualTo(40);
            assertThat(limiter.metric("dimension.id.service.cart.overflowed_spans")).isEqualTo(80);
        }
    }

    @Test
    void ofTooManySeriesTheDimensionOfMostValuesGivesWay() throws Exception {
        try (var limiter = open(Backend.HASHMAP, 20, 1000)) {
            for (int i = 0; i < 200; i++) {
                Series series = CountedSpan.series("cart", "a", "" + i % 2, "b", "" + i);
                limiter.send(part(series, i, 1), i);
            }
            assertThat(limiter.output().subList(20, 200))
                    .extracting(part -> part.series().value("a") + part.series().value("b"))
                    .containsOnly("0" + OVERFLOW, "1" + OVERFLOW);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNotSeenMakesRoom(Backend backend) throws Exception {
        Series steady = CountedSpan.series("cart", "id", "steady");
        Series gone = CountedSpan.series("cart", "id", "gone");
        Series next = CountedSpan.series("cart", "id", "next");
        Series last = CountedSpan.series("cart", "id", "last");
        try (var limiter = open(backend, 2, 2)) {
            limiter.send(part(gone, 0, 1), 0);
            limiter.send(part(steady, 0, 1), 0);
            for (long time = 0; time <= 3 * HOUR; time += HOUR / 10) {
                for (Series series : List.of(next, last, steady)) {
                    limiter.send(part(series, time, 1), time);
                }
                limiter.watermark(time);
                limiter.restart(1);
            }
            List<Series> got = limiter.output().stream().map(MetricPart::series).toList();
            assertThat(got.stream().filter(steady::equals)).hasSize(32);
            assertThat(got).doesNotContain(last);
            long waited = 31 - got.stream().filter(next::equals).count();
            assertThat(waited * HOUR / 10).isBetween(HOUR, HOUR + HOUR / 2);
            assertThat(got.get(got.size() - 3)).isEqualTo(next);
            limiter.end();
            assertThat(limiter.entries()).isZero();
        }
    }

    /** Hashes choose subtasks, so they must be the same in every process. */
    @Test
    void theKeyHasTheSameHashForEver() {
        Series series = CountedSpan.series("cart");
        assertThat(ServiceKey.of(part(series, 0, 1)).hashCode()).isEqualTo(-729562787);
        assertThat(new SeriesId(3, 5).hashCode()).isEqualTo(98);
    }
}
