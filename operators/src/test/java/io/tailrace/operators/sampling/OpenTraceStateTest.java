package io.tailrace.operators.sampling;

import io.opentelemetry.proto.trace.v1.Span;
import io.tailrace.operators.sampling.SamplerHarness.Backend;
import io.tailrace.operators.span.Requests;
import io.tailrace.operators.span.TraceId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Random;

import static io.tailrace.operators.sampling.SamplerScenarios.ERRORS;
import static org.assertj.core.api.Assertions.assertThat;

/** What open traces take of state, and that they leave it. */
class OpenTraceStateTest {

    private static final int CHECKPOINTS = 30;
    private static final int NAME = 5_000;
    private static final TraceId TRACE = new TraceId(1, 2);

    private final Random random = new Random(3);

    @ParameterizedTest
    @EnumSource
    void aCheckpointHasEachChunkOnce(Backend backend) throws Exception {
        SamplingSettings settings = TestSettings.with(ERRORS).make();
        try (SamplerHarness sampler = new SamplerHarness(backend, settings)) {
            long size = 0;
            for (int i = 0; i < CHECKPOINTS; i++) {
                sampler.send(100_000, span(TRACE, i + 1));
                size = sampler.checkpoint().state().getStateSize();
            }

            assertThat(size).isBetween(NAME * 30L / 2, NAME * 30L * 2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsDecidedLeavesNothing(Backend backend) throws Exception {
        SamplingSettings settings = TestSettings.with(ERRORS).residentBudget(1).make();
        try (SamplerHarness sampler = new SamplerHarness(backend, settings)) {
            for (int i = 0; i < 200; i++) {
                sampler.send(100_000 + i, span(new TraceId(7, i + 1), 1));
            }
            assertThat(sampler.metric("traces_resident")).isLessThan(5);
            assertThat(sampler.metric("traces_spilled")).isGreaterThan(190);
            sampler.restart(2, settings);
            assertThat(sampler.openLists()).isPositive();

            sampler.watermark(160_000);
            assertThat(sampler.records()).hasSize(200);
            assertThat(sampler.openLists()).isZero();
            assertThat(sampler.metric("traces_resident")).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsForgottenTakesNoMemory(Backend backend) throws Exception {
        SamplingSettings settings = TestSettings.with(ERRORS).make();
        try (SamplerHarness sampler = new SamplerHarness(backend, settings)) {
            long empty = 0;
            for (int round = 0; round < 20; round++) {
                long now = 100_000L + round * 1_000_000L;
                for (int i = 0; i < 100; i++) {
                    sampler.send(now, span(new TraceId(random.nextLong(), i + 1), 1));
                }
                sampler.watermark(now + 40_000);
                assertThat(sampler.metric("decisions_remembered")).isEqualTo(100);
                sampler.watermark(now + 900_000);
                assertThat(sampler.metric("decisions_remembered")).isZero();
                long bytes = sampler.metric("decision_filter_bytes");
                empty = round == 0 ? bytes : empty;
                assertThat(bytes).isEqualTo(empty);
            }
        }
    }

    private Span span(TraceId trace, long id) {
        StringBuilder name = new StringBuilder();
        while (name.length() < NAME) {
            name.append((char) (' ' + random.nextInt(95)));
        }
        return Requests.span(trace, id).setName(name.toString()).build();
    }
}
