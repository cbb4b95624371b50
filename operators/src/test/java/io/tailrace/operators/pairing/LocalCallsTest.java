package io.tailrace.operators.pairing;

import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

import io.tailrace.operators.metrics.ExplicitHistogram;
import io.tailrace.operators.metrics.MetricPart;
import io.tailrace.operators.metrics.SeriesKind;
import io.tailrace.operators.metrics.SeriesTotals;
import io.tailrace.operators.metrics.window.WindowTimes;
import io.tailrace.operators.pairing.SpanSide.Kind;
import io.tailrace.operators.sampling.RecordedMetrics;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import static io.tailrace.operators.pairing.Sides.lasting;
import static io.tailrace.operators.pairing.Sides.side;
import static org.assertj.core.api.Assertions.assertThat;

@SuppressWarnings("try") // the harness's close() may be interrupted, as it says
class LocalCallsTest {

    private static final WindowTimes TIMES = new WindowTimes(1000, 500, 2000);
    private static final long AHEAD = 3000;

    private final RecordedMetrics metrics = new RecordedMetrics();
    private final Map<String, Long> latestArrivals = new HashMap<>();

    private OneInputStreamOperatorTestHarness<Call, MetricPart> open(int mostParts)
            throws Exception {
        MockEnvironment environment =
                new MockEnvironmentBuilder().setMetricGroup(metrics.task()).build();
        OneInputStreamOperatorTestHarness<Call, MetricPart> harness =
                new OneInputStreamOperatorTestHarness<>(
                        new LocalCalls(
                                TIMES, AHEAD, mostParts, () -> new ExplicitHistogram(1000, 5000)),
                        environment);
        harness.setup(MetricPart.TYPE.createSerializer(null));
        harness.open();
        return harness;
    }

    private static Call call(Random random, long arrival) {
        long end = arrival - random.nextInt(4000) + random.nextInt(300);
        SpanSide client =
                lasting(
                        side(1, Kind.CLIENT, random.nextInt(99), 0, "web", arrival),
                        random.nextInt(9000),
                        end,
                        random.nextInt(9) == 0,
                        1 + random.nextInt(3));
        SpanSide server =
                lasting(
                        side(1, Kind.SERVER, random.nextInt(99), 1, "cart", arrival - 50),
                        random.nextInt(9000),
                        end + random.nextInt(2000) - 1000,
                        random.nextInt(9) == 0,
                        1 + random.nextInt(3));
        return switch (random.nextInt(4)) {
            case 0 -> new Call("web", "orders", ConnectionType.DATABASE, client, null);
            case 1 -> new Call("user", "cart", ConnectionType.VIRTUAL_NODE, null, server);
            default -> new Call("web", "cart", ConnectionType.NONE, client, server);
        };
    }

    @Test
    void countsWhatAPlainCountCounts() throws Exception {
        int late = 0;
        for (long seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            Map<String, List<Call>> plain = new TreeMap<>();
            Map<String, SeriesTotals> got = new TreeMap<>();
            latestArrivals.clear();
            int mostParts = 1 + random.nextInt(20);
            try (var harness = open(mostParts)) {
                long time = 1_000_000;
                for (int i = 0; i < 300; i++) {
                    time += random.nextInt(100);
                    Call call = call(random, time - random.nextInt(200));
                    long window = Math.floorDiv(ended(call), 1000L) * 1000;
                    if (call.arrival() > window + 1000 + 500 + 2000) {
                        late++;
                    } else {
                        plain.computeIfAbsent(key(call, window), any -> new ArrayList<>())
                                .add(call);
                    }
                    harness.processElement(new StreamRecord<>(call, call.arrival()));
                    if (random.nextInt(20) == 0) {
                        harness.processWatermark(new Watermark(time - 200));
                    }
                    if (random.nextInt(50) == 0) {
                        harness.prepareSnapshotPreBarrier(1);
                        take(harness, got);
                        assertSame(plain, got, seed);
                    }
                }
                harness.endInput();
                harness.getOneInputOperator().finish();
                take(harness, got);
                assertSame(plain, got, seed);
            }
        }
        assertThat(late).isGreaterThan(100);
        assertThat(
                        metrics.sum("service.web.late_calls_dropped")
                                + metrics.sum("service.user.late_calls_dropped"))
                .isEqualTo(late);
    }

    private static long ended(Call call) {
        SpanSide side = call.clientSide() == null ? call.serverSide() : call.clientSide();
        return side.endUnixNano() / 1_000_000;
    }

    private static String key(Call call, long window) {
        return "%d client=%s connection_type=%s server=%s"
                .formatted(
                        window,
                        call.client(),
                        switch (call.connection()) {
                            case NONE -> "";
                            case MESSAGING_SYSTEM -> "messaging_system";
                            case DATABASE -> "database";
                            case VIRTUAL_NODE -> "virtual_node";
                        },
                        call.server());
    }

    private void take(
            OneInputStreamOperatorTestHarness<Call, MetricPart> harness,
            Map<String, SeriesTotals> got) {
        long watermark = Long.MIN_VALUE;
        Map<MetricPart, Long> before = new HashMap<>();
        for (Object each : harness.getOutput()) {
            if (each instanceof Watermark mark) {
                watermark = mark.getTimestamp();
            } else if (((StreamRecord<?>) each).getValue() instanceof MetricPart part) {
                before.put(part, watermark);
                assertThat(part.series().kind()).isEqualTo(SeriesKind.EDGES);
                assertThat(part.series().service()).isEqualTo(part.series().value("client"));
                assertThat(((StreamRecord<?>) each).getTimestamp()).isEqualTo(part.arrival());
                StringBuilder key = new StringBuilder().append(part.windowStart());
                part.series()
                        .dimensions()
                        .forEach(d -> key.append(" %s=%s".formatted(d.name(), d.value())));
                latestArrivals.merge(key.toString(), part.arrival(), Math::max);
                got.merge(
                        key.toString(),
                        part.totals(),
                        (one, other) -> {
                            SeriesTotals sum = one.copy();
                            sum.merge(other);
                            return sum;
                        });
            }
        }
        // What arrived in time is handed on before anybody hears that its window is due.
        before.forEach(
                (part, mark) -> {
                    if (part.arrival() <= part.windowStart() + 1500) {
                        assertThat(mark).isLessThan(part.windowStart() + 1500);
                    }
                });
        harness.getOutput().clear();
    }

    private void assertSame(
            Map<String, List<Call>> plain, Map<String, SeriesTotals> got, long seed) {
        assertThat(got.keySet()).as("seed %d", seed).isEqualTo(plain.keySet());
        got.forEach(
                (key, totals) -> {
                    List<Call> calls = plain.get(key);
                    assertThat(told(totals)).isEqualTo(plainly(calls));
                    assertThat(latestArrivals.get(key))
                            .isEqualTo(calls.stream().mapToLong(Call::arrival).max().orElse(0));
                });
    }

    private static String plainly(List<Call> calls) {
        long count = 0;
        long errors = 0;
        long[] client = new long[3];
        long[] server = new long[3];
        long slowest = 0;
        for (Call call : calls) {
            SpanSide one = call.clientSide();
            SpanSide other = call.serverSide();
            long times = Math.max(one == null ? 0 : one.times(), other == null ? 0 : other.times());
            boolean error = one != null && one.error() || other != null && other.error();
            count += times;
            errors += error ? times : 0;
            add(client, one, times);
            add(server, other, times);
            SpanSide told = other == null ? one : other;
            slowest = Math.max(slowest, (told.endUnixNano() - told.startUnixNano()) / 1000);
        }
        return text(count, errors, client, server, slowest);
    }

    private static void add(long[] sums, SpanSide side, long times) {
        if (side != null) {
            long micros = (side.endUnixNano() - side.startUnixNano()) / 1000;
            sums[0] += times;
            sums[1] += micros * times;
            sums[2] += micros <= 1000 ? times : 0;
        }
    }

    private static String told(SeriesTotals totals) {
        return text(
                totals.count(),
                totals.errors(),
                new long[] {
                    totals.clientDurations().count(),
                    totals.clientDurations().sumMicros(),
                    ((ExplicitHistogram) totals.clientDurations().histogram()).counts()[0]
                },
                new long[] {
                    totals.durations().count(),
                    totals.durations().sumMicros(),
                    ((ExplicitHistogram) totals.durations().histogram()).counts()[0]
                },
                totals.slowest().durationMicros());
    }

    private static String text(
            long count, long errors, long[] client, long[] server, long slowest) {
        return "count %d errors %d client %d %d %d server %d %d %d slowest %d"
                .formatted(
                        count, errors, client[0], client[1], client[2], server[0], server[1],
                        server[2], slowest);
    }

    @Test
    void holdsNoMoreThanItMay() throws Exception {
        try (var harness = open(3)) {
            for (int i = 0; i < 10; i++) {
                SpanSide root = side(1, Kind.SERVER, i + 1, 0, "service" + i, 1_000_000);
                harness.processElement(new StreamRecord<>(Call.byUser(root), root.arrival()));
                assertThat(harness.extractOutputValues().size()).isGreaterThanOrEqualTo(i - 2);
            }
        }
    }

    @Test
    void aCallOfTheFutureIsCountedApart() throws Exception {
        try (var harness = open(10)) {
            SpanSide root = side(1, Kind.SERVER, 1, 0, "cart", 1_000_000);
            for (long end : new long[] {1_003_000, 1_003_001}) {
                SpanSide ahead = lasting(root, 10, end, false, 1);
                harness.processElement(new StreamRecord<>(Call.byUser(ahead), 1_000_000));
            }
            harness.getOneInputOperator().finish();
            assertThat(harness.extractOutputValues())
                    .singleElement()
                    .satisfies(part -> assertThat(part.totals().count()).isEqualTo(1));
            assertThat(metrics.sum("service.user.future_calls_dropped")).isEqualTo(1);
        }
    }
}
