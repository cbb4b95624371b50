package io.tailrace.operators.sampling.policy;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.tailrace.operators.sampling.TestSettings;
import io.tailrace.operators.sampling.decision.Verdict;
import io.tailrace.operators.span.Requests;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** What the policies on W3C Trace Context say. */
class TracePoliciesTest {

    private static final boolean KEPT = true;
    private static final boolean NOT = false;

    static List<Arguments> states() {
        return List.of(
                state("vendor=a", KEPT),
                state("vendor=b", KEPT),
                state("vendor=c", NOT),
                state("vendor=A", NOT),
                state("vendor=aa", NOT),
                state("other=a", NOT),
                state("", NOT),
                state("x=1,vendor=a,y=2", KEPT),
                state("x=1 ,\tvendor=a , y=2", KEPT),
                state("x=1,,vendor=a,", KEPT),
                state("vendor= a", NOT),
                state("1x@sys=1,vendor=a", KEPT),
                // What cannot be parsed anywhere has nothing.
                state("vendor=a,x", NOT),
                state("vendor=a,x=", NOT),
                state("vendor=a,X=1", NOT),
                state("vendor=a,1x=1", NOT),
                state("vendor=a,x=1=2", NOT),
                state("vendor=a,x=é", NOT),
                state("vendor=a,vendor=a", NOT),
                state("vendor=a,x@y@z=1", NOT),
                state("vendor=a" + others(31), KEPT),
                state("vendor=a" + others(32), NOT),
                state("vendor=a,x=" + "v".repeat(256), KEPT),
                state("vendor=a,x=" + "v".repeat(257), NOT),
                // 255 characters with the key are taken, 256 are not.
                state("k", "v".repeat(254), "k=" + "v".repeat(254), KEPT),
                state("k", "v".repeat(255), "k=" + "v".repeat(255), NOT),
                state("k".repeat(254), "v", "k".repeat(254) + "=v", KEPT),
                state("k".repeat(255), "v", "k".repeat(255) + "=v", NOT));
    }

    private static String others(int count) {
        StringBuilder others = new StringBuilder();
        for (int i = 0; i < count; i++) {
            others.append(",k").append(i).append("=1");
        }
        return others.toString();
    }

    private static Arguments state(String text, boolean kept) {
        return arguments(new TraceState("vendor", List.of("a", "b")), of(text, 0), kept);
    }

    private static Arguments state(String key, String value, String text, boolean kept) {
        return arguments(new TraceState(key, List.of("no", value)), of(text, 0), kept);
    }

    static List<Arguments> flags() {
        return List.of(
                arguments(new TraceFlags(), of("", 0), NOT),
                arguments(new TraceFlags(), of("", 1), KEPT),
                arguments(new TraceFlags(), of("", 2), NOT),
                // The random flag, and whether the parent is remote, are other bits.
                arguments(new TraceFlags(), of("", 0x302), NOT),
                arguments(new TraceFlags(), of("", 0x303), KEPT),
                arguments(new TraceFlags(), of("", 0xfffffffe), NOT),
                arguments(new TraceFlags(), of("", 0xffffffff), KEPT),
                arguments(new TraceFlags(), Traces.spans(3), NOT));
    }

    /** In the second of three spans. */
    private static ExportTraceServiceRequest of(String traceState, int flags) {
        return Requests.of(
                Traces.span(1).build(),
                Traces.span(2).setTraceState(traceState).setFlags(flags).build(),
                Traces.span(3).build());
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource({"states", "flags"})
    void samples(Policy policy, ExportTraceServiceRequest trace, boolean kept) {
        assertThat(verdict(policy, trace)).isEqualTo(kept ? Verdict.SAMPLED : Verdict.NOT_SAMPLED);
        assertThat(verdict(new Not(new SubPolicy(null, policy)), trace))
                .isEqualTo(kept ? Verdict.NOT_SAMPLED : Verdict.SAMPLED);
    }

    private static Verdict verdict(Policy policy, ExportTraceServiceRequest trace) {
        return Traces.decide(TestSettings.with(List.of(new NamedPolicy("p", policy))).make(), trace)
                .verdict();
    }
}
