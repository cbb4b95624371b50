package io.tailrace.operators.sampling.state;

import io.tailrace.operators.sampling.decision.Decision;
import io.tailrace.operators.sampling.decision.DecisionRecord;
import io.tailrace.operators.sampling.decision.Trigger;
import io.tailrace.operators.sampling.decision.Verdict;
import io.tailrace.operators.sampling.decision.Vote;
import io.tailrace.operators.sampling.state.RememberingHarness.Backend;
import io.tailrace.operators.span.TraceId;
import io.tailrace.operators.state.ExpirySlices;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** The memory of decisions against a plain account, through restarts of every kind. */
class DecidedTracesTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final long SLICE = ExpirySlices.of(MINUTE).millis();
    private static final List<Duration> MEMORIES =
            List.of(Duration.ofSeconds(5), MINUTE, Duration.ofMinutes(10));
    private static final long LONGEST_SLICE = ExpirySlices.of(MEMORIES.get(2)).millis();

    private static DecidedTrace decided(TraceId id, long time, Duration memory) {
        return decided(id, time, time + memory.toMillis(), 0, false);
    }

    static DecidedTrace decided(TraceId id, long time, long expires, int late, boolean told) {
        return decided(id, time, expires, late, told, null);
    }

    private static DecidedTrace decided(
            TraceId id, long time, long expires, int late, boolean told, String rootName) {
        Map<String, Vote> votes = Map.of("errors", Vote.NOT_SAMPLED);
        return new DecidedTrace(
                new DecisionRecord(
                        id,
                        new Decision(Verdict.NOT_SAMPLED, null, null, votes, null),
                        late == 0 ? Trigger.DEADLINE : Trigger.LATE,
                        3 + late,
                        100,
                        1,
                        2,
                        null,
                        rootName,
                        time,
                        time,
                        late,
                        null,
                        true),
                expires,
                time,
                0,
                null,
                0,
                told);
    }

    /** With one more late span; told as when it is reconsidered. */
    private static DecidedTrace later(DecidedTrace before, boolean told) {
        DecisionRecord record = before.record();
        return decided(
                record.traceId(),
                record.decided(),
                before.expires(),
                record.lateSpans() + 1,
                before.told() || told);
    }

    private static void assertEmpty(RememberingHarness memory) throws Exception {
        memory.watermark(Long.MAX_VALUE);
        assertThat(memory.values()).isZero();
        assertThat(memory.lists()).isZero();
        assertThat(memory.timers()).isZero();
    }

    @Test
    void remembersAsAPlainAccountInMemory() throws Exception {
        for (long seed = 0; seed < 300; seed++) {
            assertRemembers(List.of(Backend.HASHMAP), new Random(seed));
        }
    }

    @Test
    void remembersAsAPlainAccountInRocksDb() throws Exception {
        for (long seed = 1_000; seed < 1_010; seed++) {
            assertRemembers(List.of(Backend.ROCKSDB), new Random(seed));
        }
    }

    @Test
    void remembersAsAPlainAccountThroughSavepointsOfEitherBackend() throws Exception {
        for (long seed = 2_000; seed < 2_010; seed++) {
            assertRemembers(List.of(Backend.values()), new Random(seed));
        }
    }

    /** Begins with a timer for each decision, as before there were slices, in every other run. */
    private static void assertRemembers(List<Backend> backends, Random random) throws Exception {
        Backend backend = backends.get(0);
        Duration ttl = MINUTE;
        PlainMemory plain = new PlainMemory();
        try (RememberingHarness memory =
                new RememberingHarness(backend, random.nextBoolean() ? ttl : null)) {
            boolean sliced = false;
            long watermark = 0;
            for (int step = 0; step < 400; step++) {
                switch (random.nextInt(80)) {
                    case 0, 1, 2, 3, 4, 5, 6, 7 -> {
                        int most = random.nextInt(10) == 0 ? 100_000 : 3_000;
                        watermark += random.nextInt(most);
                        memory.watermark(watermark);
                        plain.watermark(watermark);
                    }
                    case 8 -> memory.checkpoint();
                    case 9 -> {
                        sliced = true;
                        ttl = MEMORIES.get(random.nextInt(3));
                        int parallelism = 1 + random.nextInt(3);
                        if (random.nextBoolean()) {
                            memory.restart(backend, ttl, parallelism);
                        } else {
                            backend = backends.get(random.nextInt(backends.size()));
                            memory.restartFromSavepoint(backend, ttl, parallelism);
                        }
                    }
                    default -> {
                        // Ids that the key groups' own keys have, too.
                        TraceId id = new TraceId(0, 1 + random.nextInt(60));
                        boolean soon = random.nextInt(4) != 0;
                        long arrival = watermark + 1 + random.nextInt(soon ? 2_000 : 70_000);
                        DecidedTrace before = plain.followed(id, arrival);
                        DecidedTrace then;
                        if (before == null) {
                            then = decided(id, arrival, ttl);
                            plain.decide(then);
                        } else {
                            then = later(before, random.nextInt(4) == 0);
                            plain.update(then);
                        }
                        memory.send(then, arrival);
                    }
                }
                if (step % 10 == 0) {
                    assertSame(memory, plain, watermark);
                }
            }
            assertSame(memory, plain, watermark);
            if (!sliced) {
                memory.restart(backend, ttl, 2);
            }
            plain.watermark(Long.MAX_VALUE);
            assertEmpty(memory);
            assertThat(memory.told()).containsExactlyInAnyOrderElementsOf(plain.told);
        }
    }

    private static void assertSame(RememberingHarness memory, PlainMemory plain, long watermark)
            throws Exception {
        for (int low = 1; low <= 60; low++) {
            TraceId id = new TraceId(0, low);
            DecidedTrace expected = plain.decisions.get(id);
            DecidedTrace actual = memory.get(id);
            if (expected != null) {
                assertThat(actual).isEqualTo(expected);
            } else if (actual != null) {
                // What late spans followed is forgotten in time, and so never found without them.
                assertThat(actual).isEqualTo(plain.forgotten.get(id));
                assertThat(actual.record().lateSpans()).isZero();
                assertThat(actual.covers(watermark + 1)).isFalse();
                assertThat(actual.expires()).isGreaterThan(watermark - LONGEST_SLICE);
            }
        }
        assertThat(memory.told()).containsExactlyInAnyOrderElementsOf(plain.told);
    }

    @ParameterizedTest
    @EnumSource
    void timersGoByKeyGroupsAndSlicesNotByTraces(Backend backend) throws Exception {
        try (RememberingHarness memory = new RememberingHarness(backend, MINUTE)) {
            for (int i = 0; i < 4_000; i++) {
                memory.send(decided(new TraceId(i, i), 10L * i, MINUTE), 10L * i);
                if (i % 1_000 == 0) {
                    memory.checkpoint();
                }
            }
            int slices = (int) (40_000 / SLICE) + 2;
            int most = RememberingHarness.MAX_PARALLELISM * slices;
            assertThat(memory.timers()).isBetween(slices, most);
            memory.restart(backend, MINUTE, 3);
            assertThat(memory.values()).isZero();
            for (int i = 0; i < 4_000; i++) {
                assertThat(memory.get(new TraceId(i, i)).record().decided()).isEqualTo(10L * i);
            }
            assertThat(memory.lists()).isBetween(slices, most);
            assertThat(memory.timers()).isBetween(slices, most);
            assertEmpty(memory);
        }
    }

    @ParameterizedTest
    @EnumSource
    void isForgottenAtTheEndOfItsSlice(Backend backend) throws Exception {
        TraceId id = new TraceId(7, 7);
        long end = MINUTE.toMillis() + SLICE;
        for (boolean written : List.of(true, false)) {
            try (RememberingHarness memory = new RememberingHarness(backend, MINUTE)) {
                DecidedTrace decided = decided(id, 10, MINUTE);
                memory.send(decided, 10);
                if (written) {
                    memory.checkpoint();
                }
                assertThat(decided.expires()).isBetween(end - SLICE + 1, end - 1);
                memory.watermark(end - 1);
                assertThat(memory.get(id)).isEqualTo(decided);
                memory.watermark(end);
                assertThat(memory.get(id)).isNull();
                assertThat(memory.timers()).isZero();
                assertEmpty(memory);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSecondRecordIsToldWhenTheDecisionExpires(Backend backend) throws Exception {
        TraceId id = new TraceId(7, 7);
        try (RememberingHarness memory = new RememberingHarness(backend, MINUTE)) {
            DecidedTrace decided = decided(id, 10, MINUTE);
            memory.send(decided, 10);
            DecidedTrace once = later(decided, false);
            DecidedTrace twice = later(once, false);
            memory.send(once, 20);
            memory.restart(backend, Duration.ofSeconds(5), 2);
            memory.send(twice, 30);
            assertThat(memory.timers()).isEqualTo(2);
            memory.watermark(decided.expires() - 1);
            assertThat(memory.told()).isEmpty();
            memory.watermark(decided.expires());
            assertThat(memory.told()).containsExactly(twice);
            assertThat(memory.get(id)).isNull();
            assertEmpty(memory);
            assertThat(memory.told()).containsExactly(twice);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatWasToldIsNotFoundAgain(Backend backend) throws Exception {
        TraceId id = new TraceId(7, 7);
        Duration longer = MINUTE.multipliedBy(2);
        ExpirySlices slices = ExpirySlices.of(longer);
        try (RememberingHarness memory = new RememberingHarness(backend, longer)) {
            DecidedTrace decided = decided(id, 1, longer);
            memory.send(decided, 1);
            memory.send(later(decided, false), 2);
            memory.restart(backend, Duration.ofSeconds(5), 1);
            memory.watermark(decided.expires());
            assertThat(memory.told()).hasSize(1);
            long end = slices.endOf(decided.expires());
            assertThat(end).isGreaterThan(decided.expires() + 3_000);
            for (long time = decided.expires(); time < end; time += 1_000) {
                memory.watermark(time);
                assertThat(memory.lists() + memory.timers()).isPositive();
                assertThat(memory.get(id)).isNull();
                memory.restart(backend, Duration.ofSeconds(5), 1);
                assertThat(memory.get(id)).isNull();
            }
            assertEmpty(memory);
        }
    }

    @ParameterizedTest
    @EnumSource
    void ofUnknownTracesNoStateIsRead(Backend backend) throws Exception {
        try (RememberingHarness memory = new RememberingHarness(backend, MINUTE)) {
            for (int i = 0; i < 20_000; i++) {
                memory.send(decided(new TraceId(5, i), 2L * i, MINUTE), 2L * i);
            }
            memory.send(later(memory.get(new TraceId(5, 3)), false), 40_000);
            for (int restarts = 0; restarts < 2; restarts++) {
                int read = 0;
                for (int i = 20_000; i < 30_000; i++) {
                    assertThat(memory.get(new TraceId(5, i))).isNull();
                    read += memory.isKnownWithoutState(new TraceId(5, i)) ? 0 : 1;
                }
                assertThat(read).isLessThan(50);
                memory.restart(backend, MINUTE, 2);
                assertThat(memory.isKnownWithoutState(new TraceId(5, 4))).isFalse();
            }
            assertEmpty(memory);
        }
    }

    @ParameterizedTest
    @EnumSource
    void muchIsWrittenBeforeACheckpoint(Backend backend) throws Exception {
        String name = "n".repeat(1 << 20);
        try (RememberingHarness memory = new RememberingHarness(backend, MINUTE)) {
            for (int i = 0; i < 20; i++) {
                memory.send(decided(new TraceId(i, i), 1, 70_000, 0, false, name), 1);
            }
            assertThat(memory.lists()).isPositive();
            for (int i = 0; i < 20; i++) {
                DecidedTrace expected = decided(new TraceId(i, i), 1, 70_000, 0, false, name);
                assertThat(memory.get(new TraceId(i, i))).isEqualTo(expected);
            }
            assertEmpty(memory);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsDecidedAtTheLastWatermarkIsForgottenWithIt(Backend backend) throws Exception {
        try (RememberingHarness memory = new RememberingHarness(backend, MINUTE)) {
            memory.watermark(5);
            for (int i = 1; i <= 50; i++) {
                TraceId id = new TraceId(i, i);
                memory.decideLater(decided(id, 10, i % 2 == 0 ? Long.MAX_VALUE : 100, 0, false));
            }
            assertEmpty(memory);
        }
    }
}
