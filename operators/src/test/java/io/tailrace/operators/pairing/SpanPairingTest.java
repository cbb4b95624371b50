package io.tailrace.operators.pairing;

import io.tailrace.operators.pairing.SpanSide.Kind;
import io.tailrace.operators.pairing.waiting.SideBlock;
import io.tailrace.operators.span.TraceId;
import io.tailrace.operators.testing.KeyedHarness;
import io.tailrace.operators.testing.KeyedHarness.Backend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static io.tailrace.operators.pairing.Sides.side;
import static org.assertj.core.api.Assertions.assertThat;

class SpanPairingTest {

    private static final long WAIT = 1000;
    private static final int JITTER = 400;

    private static KeyedHarness<TraceId, SideBlock, Call> open(Backend backend, int maxSides)
            throws Exception {
        return new KeyedHarness<>(
                backend,
                () -> new SpanPairing(Duration.ofMillis(WAIT), maxSides, 1 << 20),
                SideBlock::traceId,
                TraceId.TYPE,
                Call.TYPE,
                List.of("side-blocks"));
    }

    private static void send(KeyedHarness<TraceId, SideBlock, Call> pairing, SpanSide... sides)
            throws Exception {
        for (SpanSide side : sides) {
            for (SideBlock block : Sides.blocks(KeyedHarness.MAX_PARALLELISM, side)) {
                pairing.send(block, side.arrival());
            }
        }
    }

    private static String text(Call call) {
        return "%s -> %s %s %s %s"
                .formatted(
                        call.client(),
                        call.server(),
                        call.connection(),
                        call.clientSide() == null ? "-" : call.clientSide().spanId(),
                        call.serverSide() == null ? "-" : call.serverSide().spanId());
    }

    private static void assertEmpty(KeyedHarness<TraceId, SideBlock, Call> pairing) {
        assertThat(pairing.entries()).isZero();
        assertThat(pairing.timers()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void callsAreThoseThatArrivalsTellInAnyOrder(Backend backend) throws Exception {
        int calls = 0;
        int unpaired = 0;
        int seeds = backend == Backend.HASHMAP ? 40 : 6;
        for (long seed = 0; seed < seeds; seed++) {
            Random random = new Random(seed);
            List<SpanSide> sides = new ArrayList<>();
            for (int trace = 0; trace < 20; trace++) {
                addTrace(trace, random, sides);
            }
            PlainPairs plain = new PlainPairs(sides, WAIT);
            try (var pairing = open(backend, 1000)) {
                boolean restarts = seed % 2 == 0;
                Map<SpanSide, Long> turns = new HashMap<>();
                sides.forEach(side -> turns.put(side, side.arrival() + random.nextInt(JITTER)));
                sides.sort(Comparator.comparing(turns::get));
                for (SpanSide side : sides) {
                    send(pairing, side);
                    if (random.nextInt(4) == 0) {
                        pairing.watermark(turns.get(side) - JITTER);
                    }
                    if (restarts && random.nextInt(100) == 0) {
                        pairing.restart(1 + random.nextInt(2));
                    }
                }
                pairing.end();

                assertThat(pairing.output().stream().map(SpanPairingTest::text))
                        .as("seed %d", seed)
                        .containsExactlyInAnyOrderElementsOf(
                                plain.calls().stream().map(SpanPairingTest::text).toList());
                assertEmpty(pairing);
                if (!restarts) {
                    for (String service : List.of("a", "b", "c")) {
                        assertThat(pairing.metric("service." + service + ".unpaired_spans"))
                                .as("seed %d, %s", seed, service)
                                .isEqualTo(plain.unpaired(service));
                        unpaired += (int) plain.unpaired(service);
                    }
                }
                calls += plain.calls().size();
            }
        }
        assertThat(calls).isGreaterThan(50 * seeds);
        assertThat(unpaired).isGreaterThan(20 * seeds);
    }

    private static void addTrace(int trace, Random random, List<SpanSide> sides) {
        List<String> services = List.of("a", "b", "c");
        long id = 1;
        for (int i = 0; i < 12; i++) {
            long arrival = 1_000_000L + random.nextInt(5000);
            Kind kind = random.nextInt(3) == 0 ? Kind.PRODUCER : Kind.CLIENT;
            String service = services.get(random.nextInt(3));
            String database = random.nextInt(5) == 0 ? "orders" : null;
            String peer = random.nextInt(5) == 0 ? "billing.example" : null;
            long caller = id++;
            if (random.nextInt(5) > 0) {
                sides.add(side(trace, kind, caller, 0, service, arrival, database, peer));
            }
            int callees = random.nextInt(4);
            for (int j = 0; j < callees; j++) {
                sides.add(
                        side(
                                trace,
                                kind == Kind.PRODUCER ? Kind.CONSUMER : Kind.SERVER,
                                id++,
                                random.nextInt(10) == 0 ? 0 : caller,
                                services.get(random.nextInt(3)),
                                arrival + random.nextInt(2400) - 1200));
            }
        }
    }

    @Test
    void aPairComesAtOnceAndTheRestWhenItsWaitIsOver() throws Exception {
        try (var pairing = open(Backend.HASHMAP, 10)) {
            send(
                    pairing,
                    side(1, Kind.SERVER, 2, 1, "cart", 100),
                    side(1, Kind.CLIENT, 1, 0, "web", 200),
                    side(1, Kind.CLIENT, 3, 2, "cart", 300, "orders", "db.example"));
            assertThat(pairing.output())
                    .extracting(SpanPairingTest::text)
                    .containsExactly("web -> cart NONE 1 2");
            pairing.watermark(1299);
            assertThat(pairing.output()).hasSize(1);
            pairing.watermark(1300);
            assertThat(pairing.output())
                    .extracting(SpanPairingTest::text)
                    .containsExactly("web -> cart NONE 1 2", "cart -> orders DATABASE 3 -");
            assertEmpty(pairing);
        }
    }

    @Test
    void aTracedDatabaseIsCalledItself() throws Exception {
        try (var pairing = open(Backend.HASHMAP, 10)) {
            send(
                    pairing,
                    side(1, Kind.CLIENT, 3, 2, "cart", 300, "orders", null),
                    side(1, Kind.SERVER, 4, 3, "postgres", 350));
            pairing.end();
            assertThat(pairing.output())
                    .extracting(SpanPairingTest::text)
                    .containsExactly("cart -> postgres DATABASE 3 4");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSpanThatComesTwiceMakesNoSecondCall(Backend backend) throws Exception {
        SpanSide producer = side(1, Kind.PRODUCER, 1, 9, "web", 100);
        SpanSide consumer = side(1, Kind.CONSUMER, 2, 1, "mail", 100);
        SpanSide server = side(1, Kind.SERVER, 4, 3, "cart", 100);
        SpanSide client = side(1, Kind.CLIENT, 3, 9, "web", 100);
        try (var pairing = open(backend, 10)) {
            send(pairing, consumer, consumer, producer, producer, consumer);
            send(pairing, server, server, client);
            pairing.end();
            assertThat(pairing.output())
                    .extracting(SpanPairingTest::text)
                    .containsExactly("web -> mail MESSAGING_SYSTEM 1 2", "web -> cart NONE 3 4");
            assertThat(pairing.metric("duplicate_sides")).isEqualTo(4);
            assertEmpty(pairing);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTraceOfTooManyWaitsNoLonger(Backend backend) throws Exception {
        try (var pairing = open(backend, 2)) {
            send(
                    pairing,
                    side(1, Kind.CLIENT, 1, 0, "web", 100),
                    side(1, Kind.CLIENT, 2, 0, "web", 100),
                    side(1, Kind.CLIENT, 3, 0, "web", 100, "orders", null),
                    side(1, Kind.CLIENT, 4, 0, "web", 100),
                    side(1, Kind.SERVER, 5, 1, "cart", 100),
                    side(1, Kind.CLIENT, 6, 0, "web", 100));
            assertThat(pairing.output())
                    .extracting(SpanPairingTest::text)
                    .containsExactly("web -> orders DATABASE 3 -", "web -> cart NONE 1 5");
            assertThat(pairing.metric("service.web.sides_above_limit")).isEqualTo(3);
            assertThat(pairing.metric("service.web.unpaired_spans")).isEqualTo(2);
            pairing.end();
            assertThat(pairing.metric("service.web.unpaired_spans")).isEqualTo(3);
            assertEmpty(pairing);
        }
    }

    @Test
    void anArrivalAtTheEndOfTimeEndsToo() throws Exception {
        try (var pairing = open(Backend.HASHMAP, 2)) {
            send(pairing, side(1, Kind.CLIENT, 1, 0, "web", Long.MAX_VALUE));
            pairing.end();
            assertThat(pairing.metric("service.web.unpaired_spans")).isEqualTo(1);
            assertEmpty(pairing);
        }
    }
}
