package io.tailrace.operators.pairing;

import org.apache.flink.api.common.typeinfo.Types;

import io.tailrace.operators.pairing.SpanSide.Kind;
import io.tailrace.operators.pairing.waiting.ListenedSides;
import io.tailrace.operators.pairing.waiting.SideBlock;
import io.tailrace.operators.span.TraceId;
import io.tailrace.operators.testing.KeyedHarness;
import io.tailrace.operators.testing.KeyedHarness.Backend;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static io.tailrace.operators.pairing.Sides.side;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sides in any order, some twice, some behind the watermark, with restarts at any parallelism: all
 * that is told agrees, step by step, with a plain model.
 */
class WaitingSidesReplayTest {

    private static final long NO_LIMIT = 1 << 20;

    private final List<SpanSide> sent = new ArrayList<>();
    private Random random;
    private long now;
    private long watermark;

    @ParameterizedTest
    @CsvSource({
        // backend, wait, the most of a trace, budget, seeds, a checkpoint each so many steps
        "HASHMAP, 3000, 1000, 1048576, 4, 150",
        "HASHMAP, 30000, 6, 1048576, 4, 150",
        "HASHMAP, 0, 1000, 1048576, 2, 150",
        "HASHMAP, 30000, 100000, 1, 3, 150",
        "HASHMAP, 30000, 100000, 1, 2, 1000000",
        "ROCKSDB, 30000, 1000, 1048576, 1, 150",
        "ROCKSDB, 30000, 100000, 1, 1, 300"
    })
    void tellsWhatAPlainModelTells(
            Backend backend, long wait, int maxSides, long budget, int seeds, int steps)
            throws Exception {
        long spilled = 0;
        for (long seed = 0; seed < seeds; seed++) {
            random = new Random(seed);
            now = 1_000_000;
            watermark = 0;
            sent.clear();
            PlainWaiting plain = new PlainWaiting(wait, maxSides);
            try (KeyedHarness<TraceId, SideBlock, String> sides =
                    new KeyedHarness<>(
                            backend,
                            () -> new ListenedSides(Duration.ofMillis(wait), maxSides, budget),
                            SideBlock::traceId,
                            TraceId.TYPE,
                            Types.STRING,
                            List.of("side-blocks"))) {
                int told = 0;
                for (int i = 0; i < 1500; i++) {
                    step(sides, plain, wait, steps);
                    assertThat(sides.output().subList(told, sides.output().size()))
                            .as("seed %d, step %d", seed, i)
                            .containsExactlyInAnyOrderElementsOf(
                                    plain.told.subList(told, plain.told.size()));
                    told = plain.told.size();
                }
                spilled += sides.metric("sides_spilled");
                sides.end();
                plain.watermark(Long.MAX_VALUE / 2);

                assertThat(sides.output())
                        .as("seed %d", seed)
                        .containsExactlyInAnyOrderElementsOf(plain.told);
                assertThat(sides.entries()).isZero();
                assertThat(sides.timers()).isZero();
                assertKinds(plain.told, maxSides < 10);
            }
        }
        assertThat(spilled > 0).isEqualTo(budget < NO_LIMIT);
    }

    private static void assertKinds(List<String> told, boolean limited) {
        assertThat(told).anyMatch(text -> text.contains("->"));
        assertThat(told).anyMatch(text -> text.startsWith("alone"));
        assertThat(told).anyMatch(text -> text.startsWith("again"));
        assertThat(told.stream().anyMatch(text -> text.startsWith("too many"))).isEqualTo(limited);
    }

    private void step(
            KeyedHarness<TraceId, SideBlock, String> sides,
            PlainWaiting plain,
            long wait,
            int steps)
            throws Exception {
        now += random.nextInt(100);
        SpanSide side =
                !sent.isEmpty() && random.nextInt(8) == 0
                        ? sent.get(random.nextInt(sent.size()))
                        : anySide(wait);
        sent.add(side);
        plain.add(side);
        for (SideBlock block : Sides.blocks(KeyedHarness.MAX_PARALLELISM, side)) {
            sides.send(block, side.arrival());
        }
        if (random.nextInt(6) == 0) {
            watermark = Math.max(watermark, now - random.nextInt(2000));
            plain.watermark(watermark);
            sides.watermark(watermark);
        }
        if (random.nextInt(steps) == 0) {
            sides.restart(1 + random.nextInt(3));
        }
    }

    /** Of few traces and calls, so that they meet; arrivals are up to a wait, or more, off. */
    private SpanSide anySide(long wait) {
        long trace = random.nextInt(30) + now / (2 * wait + 5000) * 30;
        long call = 1L + random.nextInt(4);
        long arrival =
                now
                        - (random.nextInt(3) == 0
                                ? (long) (random.nextDouble() * 1.3 * wait)
                                : random.nextInt(500));
        if (wait == 0) {
            arrival = arrival / 500 * 500;
        }
        boolean calls = random.nextInt(3) == 0;
        return calls
                ? side(trace, Kind.CLIENT, call, 0, "web", arrival)
                : side(trace, Kind.SERVER, 10 + random.nextInt(300), call, "cart", arrival);
    }
}
