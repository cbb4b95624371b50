package io.tailrace.operators.sampling;

import io.opentelemetry.proto.trace.v1.Span;
import io.tailrace.operators.sampling.SamplerHarness.Backend;
import io.tailrace.operators.sampling.policy.Drop;
import io.tailrace.operators.sampling.policy.NamedPolicy;
import io.tailrace.operators.sampling.policy.OttlCondition;
import io.tailrace.operators.sampling.policy.StringAttribute;
import io.tailrace.operators.sampling.policy.SubPolicy;
import io.tailrace.operators.span.Requests;
import io.tailrace.operators.span.TraceId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.List;

import static io.tailrace.operators.sampling.SamplerScenarios.ERRORS;
import static io.tailrace.operators.sampling.SamplerScenarios.error;
import static io.tailrace.operators.sampling.SamplerScenarios.fine;
import static org.assertj.core.api.Assertions.assertThat;

/** What those who watch a sampler see of it. */
class SamplerMetricsTest {

    private static final SamplingSettings SMALL = SamplerScenarios.settings(3, 1 << 20);

    @ParameterizedTest
    @EnumSource
    void countsTracesAndSpansAlsoAfterARestart(Backend backend) throws Exception {
        try (SamplerHarness sampler = new SamplerHarness(backend, SMALL)) {
            TraceChunk first = SamplerScenarios.chunk(100_000, error(1));
            sampler.send(first);
            assertThat(sampler.metric("traces_open")).isEqualTo(1);
            assertThat(sampler.metric("buffered_bytes")).isEqualTo(first.otlp().length);

            sampler.restart(2, SMALL);
            assertThat(sampler.metric("traces_open")).isEqualTo(1);
            assertThat(sampler.metric("buffered_bytes")).isEqualTo(first.otlp().length);

            sampler.watermark(130_000);
            sampler.send(130_000, fine(2), fine(3));
            sampler.send(190_001, fine(4), fine(5), fine(6));
            sampler.send(190_002, fine(7));
            sampler.end();

            assertThat(sampler.metric("decision.sampled.traces")).isEqualTo(1);
            assertThat(sampler.metric("decision.not_sampled.traces")).isEqualTo(1);
            assertThat(sampler.metric("decision.dropped.traces")).isZero();
            assertThat(sampler.metric("trigger.deadline.decisions")).isEqualTo(1);
            assertThat(sampler.metric("trigger.span_limit.decisions")).isEqualTo(1);
            assertThat(sampler.metric("trigger.late.decisions")).isEqualTo(2);
            assertThat(sampler.metric("policy.errors.traces_kept")).isEqualTo(1);
            assertThat(sampler.metric("policy.errors.spans_kept")).isEqualTo(3);
            assertThat(sampler.metric("trigger.deadline.traces_kept")).isEqualTo(1);
            assertThat(sampler.metric("trigger.deadline.spans_kept")).isEqualTo(1);
            assertThat(sampler.metric("trigger.span_limit.traces_dropped")).isEqualTo(1);
            assertThat(sampler.metric("trigger.span_limit.spans_dropped")).isEqualTo(3);
            assertThat(sampler.metric("traces_in")).isEqualTo(1);
            assertThat(sampler.metric("spans_kept")).isEqualTo(3);
            assertThat(sampler.metric("spans_dropped")).isEqualTo(4);
            assertThat(sampler.metric("late_spans_kept")).isEqualTo(2);
            assertThat(sampler.metric("late_spans_dropped")).isEqualTo(1);
            assertThat(sampler.metric("spans_past_limit")).isEqualTo(1);
            assertThat(sampler.metric("spans_behind_watermark")).isEqualTo(2);
            assertThat(sampler.metric("traces_open")).isZero();
            assertThat(sampler.metric("buffered_bytes")).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void countsLateSpansByAge(Backend backend) throws Exception {
        SamplingSettings settings =
                TestSettings.with(ERRORS).decisionTtl(Duration.ofMinutes(20)).make();
        try (SamplerHarness sampler = new SamplerHarness(backend, settings)) {
            sampler.send(100_000, error(1));
            sampler.watermark(130_000);
            sampler.send(130_001, fine(2));
            sampler.send(131_000, fine(3));
            sampler.send(131_001, fine(4));
            sampler.send(140_001, fine(5));
            sampler.send(190_000, fine(6), fine(7));
            sampler.send(190_001, fine(8));
            sampler.send(730_000, fine(9));
            sampler.send(730_001, fine(10));

            assertThat(sampler.metric("age.1s.late_spans")).isEqualTo(2);
            assertThat(sampler.metric("age.10s.late_spans")).isEqualTo(1);
            assertThat(sampler.metric("age.1m.late_spans")).isEqualTo(3);
            assertThat(sampler.metric("age.10m.late_spans")).isEqualTo(2);
            assertThat(sampler.metric("age.more.late_spans")).isEqualTo(1);
            assertThat(sampler.metric("late_spans_kept")).isEqualTo(9);
        }
    }

    @ParameterizedTest
    @EnumSource
    void countsAsLateOnlyWhatComesAfterTheDeadline(Backend backend) throws Exception {
        SamplingSettings settings = TestSettings.with(ERRORS).eagerRelease().make();
        try (SamplerHarness sampler = new SamplerHarness(backend, settings)) {
            sampler.send(100_000, error(1));
            sampler.watermark(100_000);
            sampler.send(110_000, fine(2));
            sampler.send(130_000, fine(3));
            assertThat(sampler.metric("late_spans_kept")).isZero();
            assertThat(sampler.metric("age.1s.late_spans")).isZero();
            assertThat(sampler.metric("spans_kept")).isEqualTo(3);

            sampler.send(130_001, fine(4));

            assertThat(sampler.metric("late_spans_kept")).isEqualTo(1);
            assertThat(sampler.metric("age.1s.late_spans")).isEqualTo(1);
            assertThat(sampler.metric("trigger.eager.decisions")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void countsWhyKeptTracesLackSpans(Backend backend) throws Exception {
        SamplingSettings settings =
                TestSettings.with(ERRORS).deduplicate().maxKeptSpansPerTrace(2).make();
        try (SamplerHarness sampler = new SamplerHarness(backend, settings)) {
            sampler.send(110_000, error(1), fine(2), fine(3));
            sampler.send(112_000, error(1), fine(2));
            assertThat(sampler.metric("reason.duplicate.spans_cut")).isEqualTo(2);
            sampler.send(100_000, fine(3));
            sampler.watermark(130_000);
            assertThat(sampler.metric("reason.duplicate.spans_cut")).isEqualTo(3);
            assertThat(sampler.metric("reason.max_kept_spans_per_trace.spans_cut")).isEqualTo(1);

            sampler.send(131_000, fine(4));

            assertThat(sampler.metric("reason.max_kept_spans_per_trace.spans_cut")).isEqualTo(2);
            assertThat(sampler.metric("spans_kept")).isEqualTo(2);
            assertThat(sampler.metric("policy.errors.spans_kept")).isEqualTo(2);
            // Seven came.
            assertThat(sampler.metric("spans_dropped")).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void countsNoCutOfWhatIsNotKept(Backend backend) throws Exception {
        SamplingSettings settings = TestSettings.with(ERRORS).maxKeptSpansPerTrace(1).make();
        try (SamplerHarness sampler = new SamplerHarness(backend, settings)) {
            sampler.send(100_000, fine(1), fine(2));
            sampler.watermark(130_000);

            assertThat(sampler.metric("reason.max_kept_spans_per_trace.spans_cut")).isZero();
            assertThat(sampler.metric("spans_dropped")).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void countsByPolicy(Backend backend) throws Exception {
        List<NamedPolicy> policies =
                List.of(
                        new NamedPolicy(
                                "health",
                                new Drop(
                                        List.of(
                                                new SubPolicy(
                                                        null,
                                                        new StringAttribute(
                                                                "path",
                                                                List.of("/health"),
                                                                false,
                                                                128,
                                                                false))))),
                        ERRORS.get(0),
                        new NamedPolicy(
                                "broken",
                                new OttlCondition(
                                        OttlCondition.ErrorMode.PROPAGATE,
                                        List.of("Len(attributes[\"missing\"]) > 1"),
                                        List.of())));
        SamplingSettings settings = TestSettings.with(policies).make();
        try (SamplerHarness sampler = new SamplerHarness(backend, settings)) {
            sampler.send(100_000, with("/health", error(1)));
            sampler.send(100_000, of(2, error(1)), of(2, fine(2)));
            sampler.send(100_000, of(3, fine(1)));
            sampler.watermark(130_000);

            assertThat(sampler.metric("policy.health.traces_dropped")).isEqualTo(1);
            assertThat(sampler.metric("policy.health.traces_kept")).isZero();
            assertThat(sampler.metric("policy.errors.traces_kept")).isEqualTo(1);
            assertThat(sampler.metric("policy.errors.spans_kept")).isEqualTo(2);
            assertThat(sampler.metric("policy.errors.traces_dropped")).isZero();
            assertThat(sampler.metric("policy.errors.evaluation_errors")).isZero();
            assertThat(sampler.metric("policy.broken.evaluation_errors")).isEqualTo(3);
            assertThat(sampler.metric("decision.dropped.traces")).isEqualTo(1);
            assertThat(sampler.metric("decision.sampled.traces")).isEqualTo(1);
            assertThat(sampler.metric("decision.not_sampled.traces")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void countsWhatWasReconsidered(Backend backend) throws Exception {
        SamplingSettings settings = TestSettings.with(ERRORS).reconsider().make();
        try (SamplerHarness sampler = new SamplerHarness(backend, settings)) {
            sampler.send(100_000, fine(1));
            sampler.watermark(130_000);
            sampler.send(131_000, fine(2));
            assertThat(sampler.metric("traces_reconsidered")).isZero();
            sampler.send(132_000, error(3));
            sampler.send(133_000, error(4));
            sampler.end();

            assertThat(sampler.metric("traces_reconsidered")).isEqualTo(1);
            assertThat(sampler.metric("trigger.late.decisions")).isEqualTo(1);
            assertThat(sampler.metric("late_spans_dropped")).isEqualTo(1);
            assertThat(sampler.metric("late_spans_kept")).isEqualTo(2);
            assertThat(sampler.metric("spans_kept")).isEqualTo(2);
            assertThat(sampler.metric("spans_dropped")).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void measuresHowLongTracesAreOpenAndDecisionsTake(Backend backend) throws Exception {
        try (SamplerHarness sampler = new SamplerHarness(backend, SMALL)) {
            sampler.send(100_000, error(1));
            sampler.watermark(132_000);
            sampler.send(140_000, of(2, error(1)));
            sampler.end();

            assertThat(sampler.greatest("trace_open_ms")).isEqualTo(30_000);
            assertThat(sampler.metric("trace_open_ms")).isEqualTo(2);
            // What the end of the input decides has no delay.
            assertThat(sampler.greatest("decision_latency_ms")).isEqualTo(2_000);
            assertThat(sampler.metric("decision_latency_ms")).isEqualTo(1);
        }
    }

    private static Span with(String path, Span span) {
        return span.toBuilder().addAttributes(Requests.attribute("path", path)).build();
    }

    /** The same of another trace. */
    private static Span of(int trace, Span span) {
        return span.toBuilder()
                .setTraceId(Requests.span(new TraceId(1, trace), 1).getTraceId())
                .build();
    }
}
