package io.tailrace.operators.span.tracestate;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TraceStateChangeTest {

    private static final TraceStateChange ERASED = new TraceStateChange.Erased();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"\" | ot=th:8",
                "vendor=1 | ot=th:8,vendor=1",
                "ot=th:8 | ot=th:8",
                "ot=th:c;rv:1234567890abcd,vendor=1 | ot=th:c;rv:1234567890abcd,vendor=1",
                "\"vendor=1 ,, ot=th:c \" | \"vendor=1 ,, ot=th:c \"",
                "ot=th:80 | ot=th:80",
                "a=1,ot=th:4,b=2 | ot=th:8,a=1,b=2",
                "\"a=1 , ot=th:4 ,,b=2\" | ot=th:8,a=1,b=2",
                "ot=p:1;th:4;rv:1234567890abcd | ot=p:1;th:8;rv:1234567890abcd",
                "ot=p:1;rv:1234567890abcd | ot=th:8;p:1;rv:1234567890abcd",
                "ot=p:1;th:x;q:2 | ot=p:1;th:8;q:2",
                "ot=th:4;p:1;th:5 | ot=th:8;p:1",
                "ot=th:4;p:1;th:9 | ot=th:4;p:1;th:9",
                "Unreadable,vendor=1,ot=th:c | ot=th:8",
            })
    void raisesTheThreshold(String before, String after) {
        long threshold = SamplingThreshold.ofPercentage(50);

        assertThat(new TraceStateChange.AtLeast(threshold).of(before)).isEqualTo(after);
    }

    @Test
    void writesAThresholdThatLetsAllPass() {
        assertThat(new TraceStateChange.AtLeast(0).of("a=1")).isEqualTo("ot=th:0,a=1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"\" | \"\"",
                "vendor=1 | vendor=1",
                "ot=th:8 | \"\"",
                "a=1,ot=th:8,b=2 | a=1,b=2",
                "a=1,ot=p:1;th:8;rv:1234567890abcd,b=2 | ot=p:1;rv:1234567890abcd,a=1,b=2",
                "\"a=1 , ot=p:1 ,\" | \"a=1 , ot=p:1 ,\"",
                "ot=th:x;th:4;p:1 | ot=p:1",
                "a=1,ot=p:1;th:x | ot=p:1,a=1",
                "ot= ;th:4 | \"\"",
                "Unreadable,ot=th:c | Unreadable,ot=th:c",
            })
    void erasesTheThreshold(String before, String after) {
        assertThat(ERASED.of(before)).isEqualTo(after);
    }

    @Test
    void letsTheLastMemberGoWhereTheyGetTooMany() {
        TraceStateChange change = new TraceStateChange.AtLeast(0);

        assertThat(change.of(TraceStateTest.members(32)))
                .isEqualTo("ot=th:0," + TraceStateTest.members(31));
        assertThat(change.of(TraceStateTest.members(31)))
                .isEqualTo("ot=th:0," + TraceStateTest.members(31));
    }

    @Test
    void letsOtherSubKeysGoWhereTheyNeedTooMuchRoom() {
        long threshold = 0xffff_ffff_ffff_ffL;
        String random = "rv:1234567890abcd";
        String fits = "p:" + "x".repeat(256 - 2 - 17 - 17 - 2);

        assertThat(new TraceStateChange.AtLeast(threshold).of("ot=" + random + ";" + fits))
                .isEqualTo("ot=th:ffffffffffffff;" + random + ";" + fits);
        assertThat(new TraceStateChange.AtLeast(threshold).of("ot=" + random + ";q:1;" + fits))
                .isEqualTo("ot=th:ffffffffffffff;" + random + ";q:1");
        assertThat(new TraceStateChange.AtLeast(threshold).of("ot=rv:" + "0".repeat(253)))
                .isEqualTo("ot=th:ffffffffffffff");
    }

    @Test
    void neverLowersAThresholdNorTouchesOthers() {
        RandomTraceStates states = new RandomTraceStates(3);
        Random random = new Random(3);
        int raised = 0;
        for (int i = 0; i < 20_000; i++) {
            String before = states.next();
            long threshold = random.nextLong() >>> 8 >>> random.nextInt(57);
            String after = new TraceStateChange.AtLeast(threshold).of(before);

            long incoming = PlainTraceState.threshold(before);
            assertThat(PlainTraceState.threshold(after))
                    .as(before)
                    .isEqualTo(Math.max(incoming, threshold));
            if (incoming >= threshold) {
                assertThat(after).isEqualTo(before);
                continue;
            }
            raised++;
            List<String> others = PlainTraceState.others(before);
            assertThat(after).as(before).startsWith("ot=");
            assertThat(PlainTraceState.others(after))
                    .as(before)
                    .isEqualTo(others.subList(0, Math.min(31, others.size())));
            assertPartsStay(before, after);
        }
        assertThat(raised).isGreaterThan(5000);
    }

    private static void assertPartsStay(String before, String after) {
        List<String> parts = PlainTraceState.otherParts(before);
        int longest = String.join(";", parts).length() + ";th:".length() + 14;
        if (longest <= 250) {
            assertThat(PlainTraceState.otherParts(after)).as(before).isEqualTo(parts);
        } else {
            assertThat(parts).as(before).containsAll(PlainTraceState.otherParts(after));
        }
    }

    @Test
    void erasesNothingElse() {
        RandomTraceStates states = new RandomTraceStates(4);
        int erased = 0;
        for (int i = 0; i < 20_000; i++) {
            String before = states.next();
            String after = ERASED.of(before);

            assertThat(PlainTraceState.threshold(after)).as(before).isEqualTo(-1);
            assertThat(PlainTraceState.others(after))
                    .as(before)
                    .isEqualTo(PlainTraceState.others(before));
            assertThat(PlainTraceState.otherParts(after))
                    .as(before)
                    .isEqualTo(PlainTraceState.otherParts(before));
            erased += after.equals(before) ? 0 : 1;
        }
        assertThat(erased).isGreaterThan(1000);
    }

    /** What several samplers in a row write is what the strictest of them would write alone. */
    @Test
    void raisesInStepsAsAtOnce() {
        RandomTraceStates states = new RandomTraceStates(5);
        Random random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            String before = states.next();
            List<Long> steps = new ArrayList<>();
            String after = before;
            for (int step = 0; step < 3; step++) {
                steps.add(random.nextLong() >>> 8 & -1L << 36);
                after = new TraceStateChange.AtLeast(steps.get(step)).of(after);
            }
            long greatest = steps.stream().max(Long::compare).orElseThrow();

            // Digits that a lower step needed may have cost a sub-key its room.
            if (PlainTraceState.members(before).getOrDefault("ot", "").length() < 230) {
                assertThat(after)
                        .as(before)
                        .isEqualTo(new TraceStateChange.AtLeast(greatest).of(before));
            }
            assertThat(ERASED.of(ERASED.of(before))).as(before).isEqualTo(ERASED.of(before));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 1L << 56, Long.MAX_VALUE})
    void refusesAThresholdThatNobodyCouldRead(long threshold) {
        assertThatThrownBy(() -> new TraceStateChange.AtLeast(threshold))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
