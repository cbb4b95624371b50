package io.tailrace.operators.span.wire;

import io.opentelemetry.proto.trace.v1.Span;
import io.tailrace.operators.span.tracestate.OtMember;
import io.tailrace.operators.span.tracestate.RandomTraceStates;
import io.tailrace.operators.span.tracestate.TraceState;
import org.junit.jupiter.api.Test;

import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class OtSamplingViewTest {

    private final OtSamplingView view = new OtSamplingView();
    private final SpanView span = new SpanView();

    @Test
    void saysOfEachSpanWhatItsOwnTraceStateSays() throws Exception {
        RandomTraceStates states = new RandomTraceStates(1);
        Random random = new Random(1);
        String state = "";
        int found = 0;
        for (int i = 0; i < 20_000; i++) {
            state =
                    switch (random.nextInt(3)) {
                        case 0 -> "";
                        case 1 -> state;
                        default -> states.next();
                    };
            byte[] bytes =
                    Span.newBuilder().setName("name").setTraceState(state).build().toByteArray();
            OtMember member = OtMember.of(TraceState.read(state));

            view.read(span.read(bytes, 0, bytes.length));

            assertThat(view.threshold()).as(state).isEqualTo(member.threshold());
            assertThat(view.randomness()).as(state).isEqualTo(member.randomness());
            found += view.threshold() >= 0 ? 1 : 0;
        }
        assertThat(found).isGreaterThan(1000);
    }
}
