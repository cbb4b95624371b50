package io.tailrace.operators.sampling.explanation;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.tailrace.operators.sampling.Chunks;
import io.tailrace.operators.sampling.SamplingSettings;
import io.tailrace.operators.sampling.TestSettings;
import io.tailrace.operators.sampling.decision.CompiledPolicies;
import io.tailrace.operators.sampling.decision.Decision;
import io.tailrace.operators.sampling.decision.TraceKnowledge;
import io.tailrace.operators.sampling.decision.Verdict;
import io.tailrace.operators.sampling.decision.Vote;
import io.tailrace.operators.sampling.evidence.Evidence;
import io.tailrace.operators.sampling.policy.And;
import io.tailrace.operators.sampling.policy.Latency;
import io.tailrace.operators.sampling.policy.NamedPolicy;
import io.tailrace.operators.sampling.policy.Not;
import io.tailrace.operators.sampling.policy.Probabilistic;
import io.tailrace.operators.sampling.policy.RandomPolicies;
import io.tailrace.operators.sampling.policy.RandomTraces;
import io.tailrace.operators.sampling.policy.RateLimiting;
import io.tailrace.operators.sampling.policy.SpanCount;
import io.tailrace.operators.sampling.policy.StatusCode;
import io.tailrace.operators.sampling.policy.SubPolicy;
import io.tailrace.operators.span.PlacedSpan;
import io.tailrace.operators.span.Requests;
import io.tailrace.operators.span.TraceId;
import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class ExplainerTest {

    private static final TraceId TRACE = new TraceId(1, 2);
    private static final long MILLI = 1_000_000;

    /** What all policies say of the first spans of a trace. */
    private static Map<String, Vote> votes(
            SamplingSettings settings, TraceId traceId, List<PlacedSpan> spans, boolean whole) {
        CompiledPolicies policies = new CompiledPolicies(settings);
        Evidence evidence =
                spans.isEmpty()
                        ? new Evidence(policies.conditions().count())
                        : new Chunks(settings).of(PlacedSpan.request(spans), 0).get(0).evidence();
        return policies.ask(new TraceKnowledge(traceId, evidence, whole)).decision().votes();
    }

    @Test
    void theSpanNamedIsTheOneAfterWhichTheVoteIsSettled() {
        Map<Class<?>, Integer> causes = new HashMap<>();
        for (long seed = 0; seed < 1000; seed++) {
            SamplingSettings settings = TestSettings.with(new RandomPolicies(seed).some()).make();
            RandomTraces traces = new RandomTraces(seed);
            TraceId traceId = traces.traceId();
            List<PlacedSpan> spans = PlacedSpan.of(traces.part(traceId));
            byte[] otlp = PlacedSpan.request(spans).toByteArray();
            Map<String, Vote> whole = votes(settings, traceId, spans, true);

            List<PolicyExplanation> explained =
                    new Explainer(settings).explain(traceId, otlp, decision(whole));

            assertThat(explained)
                    .extracting(PolicyExplanation::name)
                    .containsExactlyElementsOf(whole.keySet());
            for (PolicyExplanation each : explained) {
                assertThat(each.vote()).isEqualTo(whole.get(each.name()));
                assertThat(each.cause())
                        .as("seed %d, %s", seed, each.policy())
                        .satisfies(cause -> isRight(cause, each, settings, traceId, spans));
                causes.merge(each.cause().getClass(), 1, Integer::sum);
            }
        }
        assertThat(causes)
                .containsKeys(Cause.Beforehand.class, Cause.BySpan.class, Cause.End.class)
                .allSatisfy((cause, count) -> assertThat(count).isGreaterThan(100));
    }

    private static Decision decision(Map<String, Vote> votes) {
        return new Decision(Verdict.NOT_SAMPLED, null, null, votes, null);
    }

    private static void isRight(
            Cause cause,
            PolicyExplanation explained,
            SamplingSettings settings,
            TraceId traceId,
            List<PlacedSpan> spans) {
        if (explained.policy().isLimiter()) {
            assertThat(cause).isInstanceOf(Cause.Budgeted.class);
            return;
        }
        int open = 0;
        while (open <= spans.size()
                && votes(settings, traceId, spans.subList(0, open), false).get(explained.name())
                        == Vote.OPEN) {
            open++;
        }
        if (open == 0) {
            assertThat(cause).isInstanceOf(Cause.Beforehand.class);
        } else if (open > spans.size()) {
            assertThat(cause).isInstanceOf(Cause.End.class);
        } else {
            SpanBrief brief = ((Cause.BySpan) cause).span();
            Span span = spans.get(open - 1).span();
            assertThat(brief.number()).isEqualTo(open);
            assertThat(brief.spanId()).isEqualTo(span.getSpanId().asReadOnlyByteBuffer().getLong());
            assertThat(brief.name()).isEqualTo(span.getName());
            assertThat(brief.statusCode()).isEqualTo(span.getStatus().getCodeValue());
            assertThat(brief.startUnixNano()).isEqualTo(span.getStartTimeUnixNano());
            assertThat(brief.endUnixNano()).isEqualTo(span.getEndTimeUnixNano());
        }
    }

    private static Span.Builder span(long id, long startMillis, long endMillis) {
        return Requests.child(TRACE, id)
                .setName("span " + id)
                .setStartTimeUnixNano(startMillis * MILLI)
                .setEndTimeUnixNano(endMillis * MILLI);
    }

    private static Resource service(String name) {
        return Resource.newBuilder()
                .addAttributes(
                        Requests.attribute(
                                "service.name", AnyValue.newBuilder().setStringValue(name)))
                .build();
    }

    private static PolicyExplanation explain(NamedPolicy policy, Vote vote) {
        ExportTraceServiceRequest request =
                Requests.of(service("cart"), span(1, 0, 10).build(), span(2, 5, 700).build())
                        .toBuilder()
                        .mergeFrom(
                                Requests.of(
                                        service("payment"),
                                        span(3, 20, 30)
                                                .setStatus(
                                                        Status.newBuilder()
                                                                .setCodeValue(2)
                                                                .setMessage("declined"))
                                                .build()))
                        .build();
        return new Explainer(TestSettings.with(List.of(policy)).make())
                .explain(TRACE, request.toByteArray(), decision(Map.of(policy.name(), vote)))
                .get(0);
    }

    @Test
    void anErrorIsMadeByTheSpanThatHasIt() {
        PolicyExplanation errors =
                explain(
                        new NamedPolicy("e", new StatusCode(List.of(StatusCode.Code.ERROR))),
                        Vote.SAMPLED);

        assertThat(errors.cause())
                .isEqualTo(
                        new Cause.BySpan(
                                new SpanBrief(
                                        3,
                                        "span 3",
                                        "payment",
                                        3,
                                        20 * MILLI,
                                        30 * MILLI,
                                        2,
                                        "declined")));
    }

    @Test
    void latencyIsMadeByTheSpanThatCompletesTheDuration() {
        PolicyExplanation slow =
                explain(new NamedPolicy("slow", new Latency(500, 0)), Vote.SAMPLED);

        assertThat(((Cause.BySpan) slow.cause()).span())
                .returns(2, SpanBrief::number)
                .returns("cart", SpanBrief::service);
    }

    @Test
    void policiesWithinAreExplainedAlone() {
        And and =
                new And(
                        List.of(
                                new SubPolicy("slow", new Latency(500, 0)),
                                new SubPolicy(null, new SpanCount(9, 0)),
                                new SubPolicy("rate", new RateLimiting(10, 0))));

        PolicyExplanation explained = explain(new NamedPolicy("and", and), Vote.NOT_SAMPLED);

        assertThat(explained.cause()).isInstanceOf(Cause.Budgeted.class);
        assertThat(explained.within())
                .extracting(PolicyExplanation::name)
                .containsExactly("slow", null, "rate");
        assertThat(explained.within())
                .extracting(PolicyExplanation::vote)
                .containsExactly(Vote.SAMPLED, Vote.NOT_SAMPLED, Vote.NOT_ASKED);
        assertThat(explained.within().get(1).cause()).isInstanceOf(Cause.End.class);
    }

    @Test
    void whatTheIdSettlesNeedsNoSpan() {
        Not not = new Not(new SubPolicy(null, new Probabilistic(100, "")));

        PolicyExplanation explained = explain(new NamedPolicy("not", not), Vote.NOT_SAMPLED);

        assertThat(explained.cause()).isInstanceOf(Cause.Beforehand.class);
        assertThat(explained.within().get(0))
                .returns(Vote.SAMPLED, PolicyExplanation::vote)
                .returns(new Cause.Beforehand(), PolicyExplanation::cause);
    }
}
