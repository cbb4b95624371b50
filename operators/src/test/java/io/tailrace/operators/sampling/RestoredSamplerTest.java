package io.tailrace.operators.sampling;

import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;

import io.opentelemetry.proto.trace.v1.Span;
import io.tailrace.operators.sampling.SamplerHarness.Backend;
import io.tailrace.operators.sampling.decision.DecisionRecord;
import io.tailrace.operators.sampling.decision.Trigger;
import io.tailrace.operators.sampling.decision.Verdict;
import io.tailrace.operators.sampling.policy.AlwaysSample;
import io.tailrace.operators.sampling.policy.NamedPolicy;
import io.tailrace.operators.sampling.policy.NumericAttribute;
import io.tailrace.operators.sampling.policy.SpanCount;
import io.tailrace.operators.span.Requests;
import io.tailrace.operators.span.TraceId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import static io.tailrace.operators.sampling.SamplerScenarios.ERRORS;
import static io.tailrace.operators.sampling.SamplerScenarios.error;
import static io.tailrace.operators.sampling.SamplerScenarios.fine;
import static org.assertj.core.api.Assertions.assertThat;

/** A sampler that goes on from the state of one with other settings. */
class RestoredSamplerTest {

    private static final SamplingSettings EAGER = TestSettings.with(ERRORS).eagerRelease().make();
    private static final SamplingSettings THREE =
            TestSettings.with(List.of(new NamedPolicy("three", new SpanCount(3, 0))))
                    .eagerRelease()
                    .make();

    private static void assertRecord(
            SamplerHarness sampler, Verdict verdict, Trigger trigger, long decided) {
        assertThat(sampler.records())
                .last()
                .satisfies(
                        record -> {
                            assertThat(record.decision().verdict()).isEqualTo(verdict);
                            assertThat(record.trigger()).isEqualTo(trigger);
                            assertThat(record.decided()).isEqualTo(decided);
                        });
    }

    private static void assertEmpty(SamplerHarness sampler) throws Exception {
        sampler.end();
        assertThat(sampler.stateEntries()).isZero();
        assertThat(sampler.timers()).isZero();
    }

    /**
     * What a sampler of version 1 left, at its watermark 130000: traces 1 and 2, kept and not, each
     * with a late span; 3 with an error and a root that came at 141000; 4 with a span at 140000.
     */
    @ParameterizedTest
    @EnumSource
    void goesOnFromVersion1(Backend backend) throws Exception {
        try (SamplerHarness sampler = new SamplerHarness(backend, EAGER, stateOf(1, backend))) {
            assertThat(sampler.metric("traces_open")).isEqualTo(2);
            assertThat(sampler.timers()).isEqualTo(4);
            sampler.send(145_000, of(4, error(2)));
            sampler.send(150_000, of(1, fine(4)));
            sampler.watermark(1_000_000);

            assertThat(texts(sampler.records()))
                    .containsExactlyInAnyOrder(
                            "4 SAMPLED EAGER spans=2 late=0 first=140000 decided=145000",
                            "3 SAMPLED ROOT spans=3 late=0 first=140000 decided=146000",
                            "1 SAMPLED LATE spans=4 late=2 first=100000 decided=130000",
                            "2 NOT_SAMPLED LATE spans=2 late=1 first=100000 decided=130000");
            assertThat(sampler.kept())
                    .extracting(kept -> kept.traceId().low() + ": " + kept.spans())
                    .containsExactlyInAnyOrder("1: 1", "3: 3", "4: 2");
            assertEmpty(sampler);
        }
    }

    /**
     * What a sampler of version 2 left, at its watermark 130000: traces 1 (decided early) and 2,
     * kept and not, each with a late span; 3 with a root that came at 141000, and twice; 4 with a
     * span at 140000.
     */
    @ParameterizedTest
    @EnumSource
    void goesOnFromVersion2(Backend backend) throws Exception {
        SamplingSettings settings =
                TestSettings.with(ERRORS).eagerRelease().deduplicate().residentBudget(1).make();
        try (SamplerHarness sampler = new SamplerHarness(backend, settings, stateOf(2, backend))) {
            assertThat(sampler.metric("traces_open")).isEqualTo(2);
            sampler.send(143_000, of(3, fine(1)), of(3, fine(5)));
            sampler.send(145_000, of(4, error(2)));
            sampler.send(150_000, of(1, fine(4)));
            sampler.watermark(1_000_000);

            assertThat(texts(sampler.records()))
                    .containsExactlyInAnyOrder(
                            "4 SAMPLED EAGER spans=2 late=0 first=140000 decided=145000",
                            "3 NOT_SAMPLED ROOT spans=4 late=0 first=140000 decided=146000",
                            "1 SAMPLED LATE spans=3 late=2 first=100000 decided=100000",
                            "2 NOT_SAMPLED LATE spans=2 late=1 first=100000 decided=130000");
            assertThat(sampler.kept())
                    .extracting(kept -> kept.traceId().low() + ": " + kept.spans())
                    .containsExactlyInAnyOrder("1: 1", "4: 2");
            assertEmpty(sampler);
        }
    }

    private static OperatorSubtaskState stateOf(int version, Backend backend) throws Exception {
        String name =
                "/sampler/v%d/%s.bin".formatted(version, backend.name().toLowerCase(Locale.ROOT));
        URL file = RestoredSamplerTest.class.getResource(name);
        return OperatorSnapshotUtil.readStateHandle(Path.of(file.toURI()).toString());
    }

    private static List<String> texts(List<DecisionRecord> records) {
        return records.stream()
                .map(
                        record ->
                                "%d %s %s spans=%d late=%d first=%d decided=%d"
                                        .formatted(
                                                record.traceId().low(),
                                                record.decision().verdict(),
                                                record.trigger(),
                                                record.spans(),
                                                record.lateSpans(),
                                                record.firstSeen(),
                                                record.decided()))
                .toList();
    }

    private static Span of(int trace, Span span) {
        return span.toBuilder()
                .setTraceId(Requests.span(new TraceId(1, trace), 1).getTraceId())
                .build();
    }

    @ParameterizedTest
    @EnumSource
    void waitsForWhatIsNotSettledAnyMore(Backend backend) throws Exception {
        try (SamplerHarness sampler = new SamplerHarness(backend, EAGER)) {
            sampler.send(100_000, error(1));
            sampler.restart(2, THREE);
            sampler.watermark(129_999);
            assertThat(sampler.records()).isEmpty();
            sampler.restart(1, THREE);
            sampler.watermark(130_000);

            assertRecord(sampler, Verdict.NOT_SAMPLED, Trigger.DEADLINE, 130_000);
            assertEmpty(sampler);
        }
    }

    @ParameterizedTest
    @EnumSource
    void decidesEarlyByThePoliciesOfToday(Backend backend) throws Exception {
        for (boolean watermarkBetween : List.of(true, false)) {
            try (SamplerHarness sampler = new SamplerHarness(backend, EAGER)) {
                sampler.send(100_000, error(1));
                sampler.restart(2, THREE);
                if (watermarkBetween) {
                    sampler.watermark(100_000);
                }
                sampler.send(101_000, fine(2), fine(3));
                sampler.send(102_000, fine(4));
                sampler.watermark(101_000);

                assertRecord(sampler, Verdict.SAMPLED, Trigger.EAGER, 101_000);
                assertThat(sampler.records().get(0).spans()).isEqualTo(3);
                assertEmpty(sampler);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void settlesWhatWasOpen(Backend backend) throws Exception {
        try (SamplerHarness sampler = new SamplerHarness(backend, THREE)) {
            sampler.send(100_000, error(1));
            sampler.restart(2, EAGER);
            sampler.send(101_000, fine(2));
            sampler.watermark(101_000);

            assertRecord(sampler, Verdict.SAMPLED, Trigger.EAGER, 100_000);
            assertEmpty(sampler);
        }
    }

    @ParameterizedTest
    @EnumSource
    void decidesNothingEarlyOnceThatIsOff(Backend backend) throws Exception {
        try (SamplerHarness sampler = new SamplerHarness(backend, EAGER)) {
            sampler.send(100_000, error(1));
            sampler.restart(2, TestSettings.with(ERRORS).make());
            sampler.watermark(129_999);
            assertThat(sampler.records()).isEmpty();
            sampler.watermark(130_000);

            assertRecord(sampler, Verdict.SAMPLED, Trigger.DEADLINE, 130_000);
            assertEmpty(sampler);
        }
    }

    @ParameterizedTest
    @EnumSource
    void reconsidersNothingByOtherPolicies(Backend backend) throws Exception {
        SamplingSettings before = TestSettings.with(ERRORS).reconsider().make();
        SamplingSettings then =
                TestSettings.with(
                                List.of(
                                        ERRORS.get(0),
                                        new NamedPolicy(
                                                "never", new NumericAttribute("n", 1, 1, false)),
                                        new NamedPolicy("all", new AlwaysSample())))
                        .reconsider()
                        .make();
        try (SamplerHarness sampler = new SamplerHarness(backend, before)) {
            sampler.send(100_000, fine(1));
            sampler.watermark(130_000);
            sampler.restart(2, then);
            sampler.send(131_000, error(2));
            assertThat(sampler.kept()).isEmpty();

            assertEmpty(sampler);

            assertRecord(sampler, Verdict.NOT_SAMPLED, Trigger.LATE, 130_000);
        }
    }

    @ParameterizedTest
    @EnumSource
    void lateSpansFollowADecisionOfAPolicyThatIsGone(Backend backend) throws Exception {
        try (SamplerHarness sampler =
                new SamplerHarness(backend, TestSettings.with(ERRORS).stampPolicy().make())) {
            sampler.send(100_000, error(1));
            sampler.watermark(130_000);
            sampler.restart(2, THREE);
            sampler.send(131_000, fine(2));

            assertThat(sampler.kept()).hasSize(2);
            assertEmpty(sampler);
            assertThat(sampler.records())
                    .extracting(DecisionRecord::trigger)
                    .containsExactly(Trigger.DEADLINE, Trigger.LATE);
        }
    }
}
