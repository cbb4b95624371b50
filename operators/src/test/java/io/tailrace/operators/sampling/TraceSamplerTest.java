package io.tailrace.operators.sampling;

import io.opentelemetry.proto.trace.v1.Span;
import io.tailrace.operators.sampling.SamplerHarness.Backend;
import io.tailrace.operators.sampling.SamplerScenarios.Scenario;
import io.tailrace.operators.sampling.decision.DecisionRecord;
import io.tailrace.operators.sampling.policy.NamedPolicy;
import io.tailrace.operators.sampling.policy.StringAttribute;
import io.tailrace.operators.span.PlacedSpan;
import io.tailrace.operators.span.Requests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import static io.tailrace.operators.sampling.SamplerScenarios.SETTINGS;
import static io.tailrace.operators.sampling.SamplerScenarios.TRACE;
import static io.tailrace.operators.sampling.SamplerScenarios.chunk;
import static io.tailrace.operators.sampling.SamplerScenarios.error;
import static io.tailrace.operators.sampling.SamplerScenarios.fine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class TraceSamplerTest {

    static Stream<Arguments> scenarios() {
        return Arrays.stream(Backend.values())
                .flatMap(
                        backend ->
                                SamplerScenarios.all().stream()
                                        .map(scenario -> arguments(backend, scenario)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("scenarios")
    void leavesNothingBehind(Backend backend, Scenario scenario) throws Exception {
        try (SamplerHarness sampler = new SamplerHarness(backend, scenario.settings())) {
            for (SamplerScenarios.Step step : scenario.steps()) {
                step.run(sampler);
            }
            assertEnds(sampler, scenario);
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("scenarios")
    void goesOnAfterARestartAtAnyPointAndParallelism(Backend backend, Scenario scenario)
            throws Exception {
        for (int stop = 1; stop < scenario.steps().size(); stop++) {
            try (SamplerHarness sampler = new SamplerHarness(backend, scenario.settings())) {
                for (int i = 0; i < scenario.steps().size(); i++) {
                    if (i == stop) {
                        sampler.restart(1 + stop % 3, scenario.settings());
                    }
                    scenario.steps().get(i).run(sampler);
                }
                assertEnds(sampler, scenario);
            }
        }
    }

    private static void assertEnds(SamplerHarness sampler, Scenario scenario) throws Exception {
        assertThat(sampler.kept()).extracting(TraceSamplerTest::spanIds).isEqualTo(scenario.kept());
        assertThat(sampler.records())
                .extracting(TraceSamplerTest::text)
                .containsExactlyInAnyOrderElementsOf(scenario.records());
        sampler.sliceLater();
        assertThat(sampler.stateEntries()).as("keyed state").isZero();
        assertThat(sampler.timers()).as("timers").isZero();
        assertThat(sampler.metric("traces_open")).isZero();
        assertThat(sampler.metric("buffered_bytes")).isZero();
        assertThat(sampler.records()).hasSameSizeAs(scenario.records());
    }

    @ParameterizedTest
    @EnumSource
    void decidesWhenTheWatermarkIsAtTheDeadlineAndNotBefore(Backend backend) throws Exception {
        try (SamplerHarness sampler = new SamplerHarness(backend, SETTINGS)) {
            sampler.send(chunk(100_000, error(1)));
            sampler.send(chunk(500_000, error(2)));
            assertThat(sampler.records()).isEmpty();
            sampler.watermark(129_999);
            assertThat(sampler.records()).isEmpty();
            assertThat(sampler.kept()).isEmpty();

            sampler.watermark(130_000);

            assertThat(sampler.records()).hasSize(1);
            assertThat(sampler.kept())
                    .extracting(TraceSamplerTest::spanIds)
                    .containsExactly(List.of(1L));
        }
    }

    @ParameterizedTest
    @EnumSource
    void asksTheRunningPoliciesAboutSpansThatOthersSawComeIn(Backend backend) throws Exception {
        List<NamedPolicy> tenants = new ArrayList<>();
        for (int i = 0; i < 70; i++) {
            tenants.add(
                    new NamedPolicy(
                            "tenant " + i,
                            new StringAttribute("tenant", List.of("t" + i), false, 128, false)));
        }
        Span wanted =
                fine(1).toBuilder().addAttributes(Requests.attribute("tenant", "t69")).build();
        Span unwanted =
                error(2).toBuilder().addAttributes(Requests.attribute("tenant", "x")).build();
        SamplingSettings now = TestSettings.with(tenants).make();
        for (Span span : List.of(wanted, unwanted)) {
            try (SamplerHarness sampler = new SamplerHarness(backend, SETTINGS)) {
                sampler.send(chunk(100_000, span));
                sampler.restart(2, now);
                sampler.send(new Chunks(tenants).of(Requests.of(fine(3)), 100_001).get(0));
                sampler.watermark(130_000);

                assertThat(sampler.records())
                        .singleElement()
                        .satisfies(
                                record -> {
                                    assertThat(record.decision().policy())
                                            .isEqualTo(span.equals(wanted) ? "tenant 69" : null);
                                    assertThat(record.decision().votes()).hasSize(70);
                                    assertThat(record.spans()).isEqualTo(2);
                                    assertThat(record.bytes())
                                            .isEqualTo(
                                                    chunk(0, span).otlp().length
                                                            + chunk(0, fine(3)).otlp().length);
                                });
                assertThat(sampler.kept()).hasSize(span.equals(wanted) ? 1 : 0);
            }
        }
    }

    @Test
    void handsOnWhatItKeepsAsOneRequest() throws Exception {
        try (SamplerHarness sampler = new SamplerHarness(Backend.HASHMAP, SETTINGS)) {
            sampler.send(chunk(100_000, error(1)));
            sampler.send(chunk(100_001, fine(2), fine(3)));
            sampler.end();

            assertThat(sampler.kept())
                    .singleElement()
                    .satisfies(
                            kept -> {
                                assertThat(kept.traceId()).isEqualTo(TRACE);
                                assertThat(kept.spans()).isEqualTo(3);
                                assertThat(PlacedSpan.of(kept.otlp()))
                                        .extracting(PlacedSpan::span)
                                        .containsExactly(error(1), fine(2), fine(3));
                            });
        }
    }

    /** In the order of the ids, for chunks that move are put in the order of arrival. */
    private static List<Long> spanIds(KeptSpans kept) {
        return PlacedSpan.of(kept.otlp()).stream()
                .map(each -> each.span().getSpanId().asReadOnlyByteBuffer().getLong())
                .sorted()
                .toList();
    }

    private static String text(DecisionRecord record) {
        return "%s %s spans=%d late=%d first=%d decided=%d%s"
                .formatted(
                        record.decision().verdict(),
                        record.trigger(),
                        record.spans(),
                        record.lateSpans(),
                        record.firstSeen(),
                        record.decided(),
                        record.complete() ? "" : " incomplete");
    }
}
