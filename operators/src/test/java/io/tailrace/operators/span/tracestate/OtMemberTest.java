package io.tailrace.operators.span.tracestate;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class OtMemberTest {

    @ParameterizedTest
    @CsvSource({
        "ot=th:0, 0, -1",
        "ot=th:8, 80000000000000, -1",
        "ot=th:c, c0000000000000, -1",
        "ot=th:c00, c0000000000000, -1",
        "ot=th:00000000000001, 1, -1",
        "ot=th:ffffffffffffff, ffffffffffffff, -1",
        "ot=th:fffffffffffffff, -1, -1",
        "ot=th:, -1, -1",
        "ot=th:C, -1, -1",
        "ot=th:g, -1, -1",
        "ot=th: 8, -1, -1",
        "ot=th:8 ;p:1, -1, -1",
        "ot=TH:8, -1, -1",
        "ot=th=8, -1, -1",
        "ot=xth:8, -1, -1",
        "ot=th:8;th:c, c0000000000000, -1",
        "ot=th:c;th:8, c0000000000000, -1",
        "ot=th:c;th:x, c0000000000000, -1",
        "ot=rv:00000000000000, -1, 0",
        "ot=rv:1234567890abcd, -1, 1234567890abcd",
        "ot=rv:1234567890abc, -1, -1",
        "ot=rv:1234567890abcde, -1, -1",
        "ot=rv:1234567890abcD, -1, -1",
        "ot=rv:12345678\u06690abcd, -1, -1",
        "ot=p:8;rv:0000000000000f;x;th:4, 40000000000000, f",
        "ot=;th:8;, 80000000000000, -1",
        "'vendor=1, ot=th:8', 80000000000000, -1",
        "other=th:8, -1, -1",
        "'ot=th:8,Bad=1', -1, -1",
        "'', -1, -1",
    })
    void reads(String traceState, String threshold, String randomness) {
        OtMember member = OtMember.of(TraceState.read(traceState));

        assertThat(member.threshold()).isEqualTo(Long.parseLong(threshold, 16));
        assertThat(member.randomness()).isEqualTo(Long.parseLong(randomness, 16));
    }

    @Test
    void readsAsAPlainReadingDoes() {
        RandomTraceStates states = new RandomTraceStates(2);
        int both = 0;
        for (int i = 0; i < 20_000; i++) {
            String text = states.next();
            OtMember member = OtMember.of(TraceState.read(text));
            assertThat(member.threshold()).as(text).isEqualTo(PlainTraceState.threshold(text));
            assertThat(member.randomness()).as(text).isEqualTo(PlainTraceState.randomness(text));
            both += member.threshold() >= 0 && member.randomness() >= 0 ? 1 : 0;
        }
        assertThat(both).isGreaterThan(500);
    }
}
