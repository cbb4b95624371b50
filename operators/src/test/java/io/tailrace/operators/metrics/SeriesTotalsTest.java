package io.tailrace.operators.metrics;

import io.tailrace.operators.application.Application;
import io.tailrace.operators.metrics.SeriesTotals.Apdex;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class SeriesTotalsTest {

    private static final List<Apdex> APDEX = List.of(Apdex.values());

    private record Call(
            long micros, long times, boolean error, Apdex apdex, boolean called, boolean client) {}

    private static SeriesTotals empty() {
        return new SeriesTotals(
                new DurationTotals(new ExplicitHistogram(10, 100)),
                new DurationTotals(new ExponentialHistogram(4)));
    }

    private static void add(Call call, int number, SeriesTotals totals) {
        totals.add(call.times, call.error, call.apdex, call.called, !call.called);
        totals.durations().add(call.micros, call.times);
        if (call.client) {
            totals.clientDurations().add(call.micros + 1, call.times);
        }
        totals.exemplar(new Exemplar(number % 3, number, number, call.micros, 7), call.error);
    }

    @Test
    void partsInAnyOrderAreTheWhole() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            List<Call> calls = new ArrayList<>();
            List<SeriesTotals> parts = new ArrayList<>(List.of(empty(), empty(), empty()));
            for (int i = random.nextInt(50); i >= 0; i--) {
                Call call =
                        new Call(
                                random.nextInt(random.nextBoolean() ? 4 : 1000),
                                1 + random.nextInt(3),
                                random.nextInt(4) == 0,
                                APDEX.get(random.nextInt(4)),
                                random.nextBoolean(),
                                random.nextBoolean());
                add(call, calls.size(), parts.get(random.nextInt(parts.size())));
                calls.add(call);
            }
            Collections.shuffle(parts, random);
            SeriesTotals sum = parts.get(0).copy();
            sum.merge(parts.get(1));
            sum.merge(parts.get(2));
            SeriesTotals other = parts.get(2).copy();
            other.merge(parts.get(0));
            other.merge(parts.get(1));

            assertThat(other).as("seed %d", seed).isEqualTo(sum);
            assertThat(sum.count()).isEqualTo(calls.stream().mapToLong(Call::times).sum());
            assertThat(sum.errors())
                    .isEqualTo(calls.stream().filter(Call::error).mapToLong(Call::times).sum());
            assertThat(sum.calls())
                    .isEqualTo(calls.stream().filter(Call::called).mapToLong(Call::times).sum());
            assertThat(sum.calls() + sum.requests()).isEqualTo(sum.count());
            assertThat(sum.satisfied()).isEqualTo(times(calls, Apdex.SATISFIED));
            assertThat(sum.tolerating()).isEqualTo(times(calls, Apdex.TOLERATING));
            assertThat(sum.frustrated()).isEqualTo(times(calls, Apdex.FRUSTRATED));
            assertThat(sum.durations().sumMicros())
                    .isEqualTo(calls.stream().mapToLong(each -> each.micros * each.times).sum());
            assertThat(sum.durations().maxMicros())
                    .isEqualTo(calls.stream().mapToLong(Call::micros).max().orElse(0));
            assertThat(sum.durations().minMicros())
                    .isEqualTo(calls.stream().mapToLong(Call::micros).min().orElse(0));
            assertThat(sum.clientDurations().count())
                    .isEqualTo(calls.stream().filter(Call::client).mapToLong(Call::times).sum());
            assertThat(sum.slowest().durationMicros()).isEqualTo(sum.durations().maxMicros());
            assertThat(sum.slowestError() == null ? -1 : sum.slowestError().durationMicros())
                    .isEqualTo(
                            calls.stream()
                                    .filter(Call::error)
                                    .mapToLong(Call::micros)
                                    .max()
                                    .orElse(-1));
        }
    }

    private static long times(List<Call> calls, Apdex apdex) {
        return calls.stream().filter(call -> call.apdex == apdex).mapToLong(Call::times).sum();
    }

    @Test
    void aSumBeyondALongStaysAtTheGreatest() {
        DurationTotals one = new DurationTotals(new ExplicitHistogram(1));
        one.add(Long.MAX_VALUE / 2, 1);
        DurationTotals other = one.copy();
        other.add(Long.MAX_VALUE / 4, 3);

        assertThat(other.sumMicros()).isEqualTo(Long.MAX_VALUE);
        other.merge(one);
        assertThat(other.sumMicros()).isEqualTo(Long.MAX_VALUE);
        one.add(1L << 40, 1L << 40);
        assertThat(one.sumMicros()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void emptyOnesHaveNoLeastDuration() {
        assertThat(empty().durations().minMicros()).isZero();
        assertThat(empty().slowest()).isNull();
    }

    @Test
    void ofASeriesTheIdIsTheSameInWhateverOrderItsDimensionsCome() {
        Application shop = new Application(2, "shop");
        Dimension kind = new Dimension("kind", "2");
        Dimension name = new Dimension("span_name", "GET /");
        Series series = Series.of(SeriesKind.SPANS, shop, "cart", List.of(kind, name));

        assertThat(Series.of(SeriesKind.SPANS, shop, "cart", List.of(name, kind)))
                .isEqualTo(series);
        assertThat(
                        List.of(
                                Series.of(SeriesKind.EDGES, shop, "cart", List.of(kind, name)),
                                Series.of(
                                        SeriesKind.SPANS,
                                        new Application(3, "shop"),
                                        "cart",
                                        List.of(kind, name)),
                                Series.of(SeriesKind.SPANS, shop, "cart", List.of(kind)),
                                Series.of(
                                        SeriesKind.SPANS,
                                        shop,
                                        "cart",
                                        List.of(new Dimension("kind", "2span_name"), name))))
                .extracting(Series::id)
                .doesNotHaveDuplicates()
                .doesNotContain(series.id());
        assertThat(series.value("kind")).isEqualTo("2");
        assertThat(series.value("target")).isNull();
    }
}
