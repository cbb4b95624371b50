package io.tailrace.operators.sampling.policy;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.tailrace.operators.sampling.Chunks;
import io.tailrace.operators.sampling.decision.Verdict;
import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.span.Requests;
import io.tailrace.operators.span.TraceId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** What each policy says at the edges of its parameters. */
class PolicyTest {

    private static final TraceId TRACE = new TraceId(1, 1);
    private static final boolean KEPT = true;
    private static final boolean NOT = false;
    private static final Policy LEAF = new AlwaysSample();
    private static final Policy LIMITER = new RateLimiting(1, 0);

    static List<Arguments> latencies() {
        return List.of(
                latency(0, 0, 0, NOT),
                latency(0, 0, 999_999, NOT),
                latency(0, 0, 1_000_000, KEPT),
                latency(500, 0, 500_999_999, NOT),
                latency(500, 0, 501_000_000, KEPT),
                latency(500, 600, 500_000_000, NOT),
                latency(500, 600, 600_999_999, KEPT),
                latency(500, 600, 601_000_000, NOT),
                latency(0, 0, -5_000_000, NOT));
    }

    private static Arguments latency(long least, long most, long nanos, boolean kept) {
        long start = 1_700_000_000_000_000_000L;
        return arguments(
                new Latency(least, most),
                Requests.of(
                        span(1).setStartTimeUnixNano(start).setEndTimeUnixNano(start).build(),
                        span(2).setStartTimeUnixNano(start)
                                .setEndTimeUnixNano(start + nanos)
                                .build()),
                kept);
    }

    static List<Arguments> counts() {
        return List.of(
                arguments(new SpanCount(2, 0), spans(1), NOT),
                arguments(new SpanCount(2, 0), spans(2), KEPT),
                arguments(new SpanCount(2, 0), spans(100), KEPT),
                arguments(new SpanCount(2, 3), spans(3), KEPT),
                arguments(new SpanCount(2, 3), spans(4), NOT),
                arguments(new SpanCount(0, 0), spans(1), KEPT));
    }

    static List<Arguments> statuses() {
        List<StatusCode.Code> errors = List.of(StatusCode.Code.ERROR);
        return List.of(
                arguments(new StatusCode(errors), status(0, 2), KEPT),
                arguments(new StatusCode(errors), status(0, 1), NOT),
                arguments(new StatusCode(List.of(StatusCode.Code.OK)), status(0, 1), KEPT),
                arguments(new StatusCode(List.of(StatusCode.Code.UNSET)), status(1, 0), KEPT),
                arguments(new StatusCode(List.of(StatusCode.Code.UNSET)), spans(1), KEPT),
                arguments(new StatusCode(List.of(StatusCode.Code.UNSET)), status(1, 2), NOT),
                arguments(
                        new StatusCode(List.of(StatusCode.Code.OK, StatusCode.Code.ERROR)),
                        status(0, 1),
                        KEPT),
                // Numbers that are no code, some of which a shift would take for one.
                arguments(new StatusCode(errors), status(3, 34), NOT),
                arguments(new StatusCode(errors), status(-30, Integer.MIN_VALUE + 2), NOT));
    }

    static List<Arguments> numbers() {
        NumericAttribute range = new NumericAttribute("n", 10, 20, false);
        NumericAttribute inverted = new NumericAttribute("n", 10, 20, true);
        return List.of(
                arguments(range, ofSpan(Requests.attribute("n", 9)), NOT),
                arguments(range, ofSpan(Requests.attribute("n", 10)), KEPT),
                arguments(range, ofSpan(Requests.attribute("n", 20)), KEPT),
                arguments(range, ofSpan(Requests.attribute("n", 21)), NOT),
                arguments(range, ofResource(Requests.attribute("n", 15)), KEPT),
                arguments(range, ofResource(Requests.attribute("n", 21)), NOT),
                arguments(range, ofSpan(Requests.attribute("m", 15)), NOT),
                arguments(range, ofSpan(Requests.attribute("n", "15")), NOT),
                arguments(range, ofSpan(value(AnyValue.newBuilder().setDoubleValue(15))), NOT),
                arguments(
                        new NumericAttribute("n", 1, 0, false),
                        ofSpan(value(AnyValue.newBuilder().setBoolValue(true))),
                        NOT),
                arguments(range, ofSpan(KeyValue.newBuilder().setKey("n").build()), NOT),
                arguments(inverted, ofSpan(Requests.attribute("n", 15)), NOT),
                arguments(inverted, ofSpan(Requests.attribute("n", 21)), KEPT),
                arguments(inverted, spans(1), KEPT),
                arguments(inverted, ofResource(Requests.attribute("n", 15)), NOT),
                arguments(
                        new NumericAttribute("n", -5, 0, false),
                        ofSpan(Requests.attribute("n", Long.MAX_VALUE)),
                        KEPT),
                arguments(
                        new NumericAttribute("n", 0, -5, false),
                        ofSpan(Requests.attribute("n", Long.MIN_VALUE)),
                        KEPT),
                arguments(
                        new NumericAttribute("n", 0, 5, false),
                        ofSpan(Requests.attribute("n", -100)),
                        KEPT));
    }

    static List<Arguments> texts() {
        return List.of(
                arguments(text(false, false, "a", "b"), ofSpan(Requests.attribute("k", "b")), KEPT),
                arguments(text(false, false, "a", "b"), ofSpan(Requests.attribute("k", "B")), NOT),
                arguments(text(false, false, "a"), ofSpan(Requests.attribute("k", "ab")), NOT),
                arguments(text(false, false, "a"), ofSpan(Requests.attribute("j", "a")), NOT),
                arguments(text(false, false, "a"), ofResource(Requests.attribute("k", "a")), KEPT),
                arguments(text(false, false, "1"), ofSpan(Requests.attribute("k", 1)), NOT),
                arguments(
                        text(false, false, "a"),
                        ofSpan(value(AnyValue.newBuilder().setBytesValue(utf8("a")))),
                        NOT),
                arguments(text(false, false, "", "a"), ofSpan(Requests.attribute("k", "")), NOT),
                arguments(text(false, false, ""), ofResource(Requests.attribute("k", "")), NOT),
                arguments(text(false, true, "a"), ofSpan(Requests.attribute("k", "a")), NOT),
                arguments(text(false, true, "a"), ofSpan(Requests.attribute("k", "b")), KEPT),
                arguments(text(false, true, "a"), spans(1), KEPT),
                arguments(text(false, true, "a"), ofResource(Requests.attribute("k", "a")), NOT),
                // A match may be anywhere, as nobody anchored it.
                arguments(text(true, false, "b+"), ofSpan(Requests.attribute("k", "abbc")), KEPT),
                arguments(text(true, false, "^b"), ofSpan(Requests.attribute("k", "abbc")), NOT),
                arguments(text(true, false, "b$"), ofResource(Requests.attribute("k", "ab")), KEPT),
                arguments(text(true, true, "b"), ofSpan(Requests.attribute("k", "abc")), NOT),
                // Empty texts are passed over in spans, but not in resources.
                arguments(text(true, false, ".*"), ofSpan(Requests.attribute("k", "")), NOT),
                arguments(text(true, false, ".*"), ofResource(Requests.attribute("k", "")), KEPT),
                arguments(text(true, false, "", "x"), ofSpan(Requests.attribute("k", "y")), KEPT),
                arguments(text(true, false, "", "x"), ofSpan(Requests.attribute("k", "")), NOT));
    }

    static List<Arguments> others() {
        StatusCode errors = new StatusCode(List.of(StatusCode.Code.ERROR));
        ExportTraceServiceRequest failed = status(0, 2);
        return List.of(
                arguments(new AlwaysSample(), spans(1), KEPT),
                arguments(not(errors), failed, NOT),
                arguments(not(errors), spans(1), KEPT),
                arguments(not(new AlwaysSample()), spans(1), NOT),
                arguments(not(new SpanCount(2, 3)), spans(4), KEPT),
                arguments(not(new SpanCount(2, 3)), spans(3), NOT),
                arguments(drop(errors), spans(1), NOT),
                arguments(and(errors), failed, KEPT),
                arguments(and(errors, new SpanCount(2, 0)), failed, KEPT),
                arguments(and(errors, new SpanCount(3, 0)), failed, NOT),
                arguments(and(new SpanCount(3, 0), errors), failed, NOT),
                arguments(and(new SpanCount(3, 0), new Latency(1, 0)), spans(1), NOT));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"latencies", "counts", "statuses", "numbers", "texts", "others"})
    void samples(Policy policy, ExportTraceServiceRequest trace, boolean kept) {
        List<NamedPolicy> policies = List.of(new NamedPolicy("policy", policy));
        Verdict verdict =
                Asked.of(policies, TRACE, new Chunks(policies).of(trace, 0).get(0).evidence())
                        .verdict();

        assertThat(verdict).isEqualTo(kept ? Verdict.SAMPLED : Verdict.NOT_SAMPLED);
    }

    static List<Arguments> problems() {
        return List.of(
                arguments(new Latency(5, 6), List.of()),
                arguments(new Latency(5, 0), List.of()),
                arguments(new Latency(5, 5), List.of("upper_threshold_ms")),
                arguments(new SpanCount(5, 5), List.of()),
                arguments(new SpanCount(5, 4), List.of("max_spans")),
                arguments(new NumericAttribute("n", 1, 1, false), List.of()),
                arguments(new NumericAttribute("n", -1, 0, false), List.of()),
                arguments(new NumericAttribute("n", 0, 0, false), List.of("")),
                arguments(new NumericAttribute("n", 2, 1, false), List.of("max_value")),
                arguments(new NumericAttribute("", 1, 2, false), List.of("key")),
                arguments(text(true, false, "a+"), List.of()),
                arguments(text(false, false, "a("), List.of()),
                arguments(
                        text(true, false, "a", "a(", "[", "(?=a)"),
                        List.of("values[1]", "values[2]", "values[3]")),
                arguments(new StringAttribute("", List.of("a"), false, 128, false), List.of("key")),
                arguments(new NamedPolicy(" ", new AlwaysSample()), List.of("name")),
                arguments(
                        new And(
                                List.of(
                                        new SubPolicy("a", new AlwaysSample()),
                                        new SubPolicy("b", and(new AlwaysSample())))),
                        List.of("and_sub_policy[1].type")),
                arguments(
                        and(not(LEAF), drop(LEAF), composite(LEAF), LIMITER, LEAF),
                        List.of(
                                "and_sub_policy[0].type",
                                "and_sub_policy[1].type",
                                "and_sub_policy[2].type")),
                arguments(not(LEAF), List.of()),
                arguments(not(LIMITER), List.of("not_sub_policy.type")),
                arguments(not(new BytesLimiting(1, 0)), List.of("not_sub_policy.type")),
                arguments(not(and(LEAF)), List.of("not_sub_policy.type")),
                arguments(not(composite(LEAF)), List.of("not_sub_policy.type")),
                arguments(drop(LEAF, LEAF), List.of()),
                arguments(
                        drop(LEAF, LIMITER, not(LEAF)),
                        List.of("drop_sub_policy[2].type", "drop_sub_policy[1].type")),
                arguments(composite(LEAF, LIMITER, and(LEAF, LIMITER)), List.of()),
                arguments(
                        composite(LEAF, not(LEAF), drop(LEAF), composite(LEAF)),
                        List.of(
                                "composite_sub_policy[1].type",
                                "composite_sub_policy[2].type",
                                "composite_sub_policy[3].type")),
                arguments(
                        new Composite(
                                10,
                                List.of("0", "x", ""),
                                List.of(new NamedPolicy("0", LEAF)),
                                List.of(
                                        new Composite.Allocation("y", 10),
                                        new Composite.Allocation("0", 10))),
                        List.of("policy_order[1]", "policy_order[2]", "rate_allocation[0].policy")),
                arguments(new BooleanAttribute("", true, false), List.of("key")),
                arguments(new BooleanAttribute("b", false, true), List.of()),
                arguments(new TraceState("", List.of("a")), List.of("key")),
                arguments(new TraceState("k", List.of("a")), List.of()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("problems")
    void reports(Checked settings, List<String> keys) {
        List<String> reported = new ArrayList<>();
        settings.check(
                (key, expected) -> {
                    assertThat(expected).isNotBlank();
                    reported.add(key);
                });

        assertThat(reported).isEqualTo(keys);
    }

    private static Policy text(boolean regex, boolean inverted, String... values) {
        return new StringAttribute("k", List.of(values), regex, 128, inverted);
    }

    private static And and(Policy... policies) {
        return new And(subs(policies));
    }

    private static Drop drop(Policy... policies) {
        return new Drop(subs(policies));
    }

    private static Not not(Policy policy) {
        return new Not(new SubPolicy(null, policy));
    }

    private static Composite composite(Policy... policies) {
        List<NamedPolicy> named = new ArrayList<>();
        for (Policy policy : policies) {
            named.add(new NamedPolicy(Integer.toString(named.size()), policy));
        }
        return new Composite(10, List.of(), named, List.of());
    }

    private static List<SubPolicy> subs(Policy... policies) {
        return Stream.of(policies).map(each -> new SubPolicy(null, each)).toList();
    }

    private static Span.Builder span(long id) {
        return Requests.span(TRACE, id);
    }

    private static ExportTraceServiceRequest spans(int count) {
        Span[] spans = new Span[count];
        for (int i = 0; i < count; i++) {
            spans[i] = span(i + 1L).build();
        }
        return Requests.of(spans);
    }

    private static ExportTraceServiceRequest status(int first, int second) {
        return Requests.of(
                span(1).setStatus(Status.newBuilder().setCodeValue(first)).build(),
                span(2).setStatus(Status.newBuilder().setCodeValue(second)).build());
    }

    /** In the second of two spans. */
    private static ExportTraceServiceRequest ofSpan(KeyValue attribute) {
        return Requests.of(span(1).build(), span(2).addAttributes(attribute).build());
    }

    private static ExportTraceServiceRequest ofResource(KeyValue attribute) {
        return Requests.of(Resource.newBuilder().addAttributes(attribute).build(), span(1).build());
    }

    private static KeyValue value(AnyValue.Builder value) {
        return Requests.attribute(value.hasBytesValue() ? "k" : "n", value);
    }

    private static ByteString utf8(String text) {
        return ByteString.copyFromUtf8(text);
    }
}
