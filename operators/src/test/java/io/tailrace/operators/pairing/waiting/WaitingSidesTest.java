package io.tailrace.operators.pairing.waiting;

import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

import com.sun.management.ThreadMXBean;
import io.tailrace.operators.span.TraceId;
import org.junit.jupiter.api.Test;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class WaitingSidesTest {

    private static final long BUDGET = 1 << 30;

    /** A subtask of one key group. */
    private static final class Subtask implements AutoCloseable {
        final ListenedSides operator;
        final KeyedOneInputStreamOperatorTestHarness<TraceId, SideBlock, String> harness;

        Subtask(Duration wait, long budget, OperatorSubtaskState state) throws Exception {
            operator = new ListenedSides(wait, 1_000_000, budget);
            harness =
                    new KeyedOneInputStreamOperatorTestHarness<>(
                            operator, SideBlock::traceId, TraceId.TYPE);
            harness.setup(Types.STRING.createSerializer((SerializerConfig) null));
            if (state != null) {
                harness.initializeState(state);
            }
            harness.open();
        }

        void send(SideBlock block) throws Exception {
            harness.processElement(block, 0);
        }

        List<String> told() {
            return harness.extractOutputValues();
        }

        @Override
        public void close() {
            try {
                harness.close();
            } catch (Exception failed) {
                throw new AssertionError(failed);
            }
        }
    }

    private static SideBlock block(int kind, long trace, long call, long span, long arrival) {
        SideBlock block = new SideBlock();
        block.append(kind, 7, trace, call, span, arrival, new byte[40], 0, 40);
        return block;
    }

    private static SideBlock caller(long trace, long call, long arrival) {
        return block(Side.CALLER, trace, call, call, arrival);
    }

    private static SideBlock callee(long trace, long call, long span, long arrival) {
        return block(Side.CALLEE, trace, call, span, arrival);
    }

    @Test
    void aBarrierWritesWhatWaitsAndEachSideOnce() throws Exception {
        try (Subtask sides = new Subtask(Duration.ofSeconds(30), BUDGET, null)) {
            sides.send(callee(1, 1, 101, 10));
            sides.send(caller(1, 1, 20));
            sides.send(callee(2, 2, 102, 30));
            sides.harness.snapshot(1, 1);
            // The callee that found its caller before is no side of its own any more.
            assertThat(sides.operator.stored())
                    .containsExactlyInAnyOrder("1 of span 1", "3 of span 101", "2 of span 102");

            sides.send(caller(3, 3, 40));
            sides.send(caller(2, 2, 50));
            sides.harness.snapshot(2, 2);
            assertThat(sides.operator.stored())
                    .containsExactlyInAnyOrder(
                            "1 of span 1",
                            "3 of span 101",
                            "2 of span 102",
                            "1 of span 3",
                            "1 of span 2",
                            "3 of span 102",
                            "18 of span 102");

            sides.harness.snapshot(3, 3);
            assertThat(sides.operator.stored()).hasSize(7);
            assertThat(sides.told()).containsExactly("1 -> 101", "2 -> 102");
        }
    }

    @Test
    void aSliceThatGetsNoMoreIsWrittenAhead() throws Exception {
        try (Subtask sides = new Subtask(Duration.ofSeconds(30), BUDGET, null)) {
            sides.send(caller(1, 1, 1));
            sides.send(caller(2, 2, 20_000));
            sides.send(caller(3, 3, 60_000));
            sides.harness.processWatermark(0);
            assertThat(sides.operator.stored()).isEmpty();
            // The next snapshot may be as of two seconds later.
            sides.harness.processWatermark(30_000);
            assertThat(sides.operator.stored()).containsExactly("1 of span 2");
            sides.harness.processWatermark(30_003);
            sides.harness.snapshot(1, 1);
            assertThat(sides.operator.stored())
                    .containsExactlyInAnyOrder("1 of span 2", "1 of span 3");
        }
    }

    @Test
    void aRestoredJobMayWaitForAnotherTime() throws Exception {
        OperatorSubtaskState state;
        try (Subtask before = new Subtask(Duration.ofSeconds(30), BUDGET, null)) {
            for (int i = 1; i <= 100; i++) {
                before.send(caller(i, 1, i * 1000L));
                before.send(callee(i, 1, 1000L + i, i * 1000L + 1));
                before.send(callee(i, 2, 2000L + i, i * 1000L + 2));
            }
            before.harness.processWatermark(40_000);
            state = before.harness.snapshot(1, 1);
            assertThat(before.told()).hasSize(109);
        }
        try (Subtask longer = new Subtask(Duration.ofSeconds(100), BUDGET, state)) {
            assertThat(longer.operator.size()).isEqualTo(90 + 91);
            // Known as one that came before, and after 69 s still waited for.
            longer.send(callee(11, 1, 1011, 80_000));
            longer.send(callee(11, 1, 3000, 80_000));
            assertThat(longer.told()).containsExactly("again 1011", "1 -> 3000");
            state = longer.harness.snapshot(2, 2);
        }
        try (Subtask shorter = new Subtask(Duration.ofSeconds(5), BUDGET, state)) {
            assertThat(shorter.operator.size()).isEqualTo(90 + 91);
            shorter.harness.processWatermark(65_001);
            assertThat(shorter.told())
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.rangeClosed(10, 59)
                                    .mapToObj(i -> "alone " + (2000 + i))
                                    .toList());
            shorter.harness.processWatermark(Long.MAX_VALUE);
            assertThat(shorter.told()).hasSize(91);
            assertThat(shorter.operator.stored()).isEmpty();
        }
    }

    @Test
    void memoryStaysWithinTheBudgetAndNoneIsLost() throws Exception {
        long budget = 2 << 20;
        try (Subtask sides = new Subtask(Duration.ofSeconds(60), budget, null)) {
            int most = 0;
            for (int i = 1; i <= 60_000; i++) {
                sides.send(caller(i, 1, i));
                most = Math.max(most, sides.operator.size());
                assertThat(sides.operator.bytes()).isLessThan(budget + (1 << 18));
            }
            assertThat(most).isBetween(5_000, 30_000);
            for (int i = 1; i <= 60_000; i += 1000) {
                sides.send(callee(i, 1, 100_000L + i, 60_000));
            }
            assertThat(sides.told()).hasSize(60);
            sides.harness.processWatermark(Long.MAX_VALUE);
            assertThat(sides.told()).hasSize(60_000);
            assertThat(sides.operator.stored()).isEmpty();
            assertThat(sides.operator.size()).isZero();
        }
    }

    /** Memory is used again: what comes and goes at an even pace makes no garbage. */
    @Test
    void sidesThatComeAndGoMakeNoObjects() throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int sides = 20_000;
        try (Subtask subtask = new Subtask(Duration.ofSeconds(1), BUDGET, null)) {
            long trace = 0;
            long bytes = 0;
            for (int round = 0; round < 20; round++) {
                SideBlock block = new SideBlock();
                for (int i = 0; i < sides; i++) {
                    long arrival = round * 1000L + i / 20;
                    byte[] payload = ByteBuffer.allocate(40).putLong(trace + i).array();
                    block.append(Side.CALLER, 7, trace + i, 5, 5, arrival, payload, 0, 40);
                }
                trace += sides;
                long before = threads.getCurrentThreadAllocatedBytes();
                subtask.send(block);
                bytes = threads.getCurrentThreadAllocatedBytes() - before;
                // Half of them go, so that there are always some.
                subtask.harness.processWatermark(round * 1000L + 1499);
                assertThat(subtask.operator.size()).isEqualTo(sides / 2);
                subtask.harness.getOutput().clear();
            }
            assertThat(bytes / sides).as("bytes of one side").isLessThan(32);
        }
    }
}
