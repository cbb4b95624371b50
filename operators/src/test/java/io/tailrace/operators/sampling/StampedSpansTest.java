package io.tailrace.operators.sampling;

import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.tailrace.operators.sampling.SamplerHarness.Backend;
import io.tailrace.operators.sampling.policy.AlwaysSample;
import io.tailrace.operators.sampling.policy.Composite;
import io.tailrace.operators.sampling.policy.NamedPolicy;
import io.tailrace.operators.sampling.policy.Policy;
import io.tailrace.operators.sampling.policy.Probabilistic;
import io.tailrace.operators.sampling.policy.RateLimiting;
import io.tailrace.operators.span.PlacedSpan;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.List;

import static io.tailrace.operators.sampling.SamplerScenarios.ERRORS;
import static io.tailrace.operators.sampling.SamplerScenarios.error;
import static io.tailrace.operators.sampling.SamplerScenarios.fine;
import static org.assertj.core.api.Assertions.assertThat;

/** What kept spans say of their sampling: those of the decision and those that came late. */
class StampedSpansTest {

    private static final String CHOSEN = "ot=rv:fffffffffffff0";

    private static List<NamedPolicy> named(String name, Policy policy) {
        return List.of(new NamedPolicy(name, policy));
    }

    private static Span with(String traceState, Span span) {
        return span.toBuilder().setTraceState(traceState).build();
    }

    /** Sends the first at once and the second after the decision; gives what comes out. */
    private static List<PlacedSpan> kept(
            Backend backend, SamplingSettings settings, Span member, Span late) throws Exception {
        try (SamplerHarness sampler = new SamplerHarness(backend, settings)) {
            sampler.send(100_000, member);
            sampler.watermark(130_000);
            sampler.restart(2, settings);
            sampler.send(131_000, late);
            sampler.end();
            List<PlacedSpan> spans = new ArrayList<>();
            sampler.kept().forEach(each -> spans.addAll(PlacedSpan.of(each.otlp())));
            assertThat(spans).extracting(PlacedSpan::span).hasSize(2);
            return spans;
        }
    }

    private static List<String> traceStates(List<PlacedSpan> spans) {
        return spans.stream().map(each -> each.span().getTraceState()).toList();
    }

    private static String scope(PlacedSpan placed) {
        List<String> attributes = new ArrayList<>();
        for (KeyValue each : placed.within().getScope().getAttributesList()) {
            attributes.add(each.getKey() + "=" + each.getValue().getStringValue());
        }
        return String.join(" ", attributes);
    }

    @ParameterizedTest
    @EnumSource
    void nameThePolicyThatWon(Backend backend) throws Exception {
        List<NamedPolicy> policies =
                List.of(new NamedPolicy("none", new Probabilistic(0, "")), ERRORS.get(0));

        List<PlacedSpan> kept =
                kept(backend, TestSettings.with(policies).stampPolicy().make(), error(1), fine(2));

        assertThat(kept)
                .extracting(StampedSpansTest::scope)
                .containsOnly("tailsampling.policy=errors");
        assertThat(kept).extracting(PlacedSpan::span).containsExactly(error(1), fine(2));
    }

    @ParameterizedTest
    @EnumSource
    void nameThePolicyWithinAComposite(Backend backend) throws Exception {
        List<NamedPolicy> policies =
                named(
                        "shared",
                        new Composite(
                                1000,
                                List.of("all", "errors"),
                                List.of(ERRORS.get(0), new NamedPolicy("all", new AlwaysSample())),
                                List.of()));

        List<PlacedSpan> kept =
                kept(backend, TestSettings.with(policies).stampPolicy().make(), error(1), fine(2));

        assertThat(kept)
                .extracting(StampedSpansTest::scope)
                .containsOnly("tailsampling.policy=shared tailsampling.composite_policy=all");
    }

    @ParameterizedTest
    @EnumSource
    void comeUntouchedWhereNothingIsStamped(Backend backend) throws Exception {
        Span member = with("ot=th:8,vendor=1", error(1));

        List<PlacedSpan> kept = kept(backend, TestSettings.with(ERRORS).make(), member, fine(2));

        assertThat(kept).extracting(PlacedSpan::span).containsExactly(member, fine(2));
        assertThat(kept).extracting(StampedSpansTest::scope).containsOnly("");
    }

    @ParameterizedTest
    @EnumSource
    void comeUntouchedInADryRun(Backend backend) throws Exception {
        Span member = with("ot=th:8,vendor=1", error(1));
        SamplingSettings settings =
                TestSettings.with(ERRORS).dryRun().stampPolicy().stampThreshold().make();

        List<PlacedSpan> kept = kept(backend, settings, member, fine(2));

        assertThat(kept).extracting(PlacedSpan::span).containsExactly(member, fine(2));
        assertThat(kept).extracting(StampedSpansTest::scope).containsOnly("");
    }

    @ParameterizedTest
    @EnumSource
    void carryTheThresholdOfTheShare(Backend backend) throws Exception {
        SamplingSettings settings =
                TestSettings.with(named("quarter", new Probabilistic(25, "")))
                        .stampThreshold()
                        .make();

        List<PlacedSpan> kept =
                kept(backend, settings, with(CHOSEN + ",vendor=1", fine(1)), fine(2));

        assertThat(traceStates(kept).get(0)).endsWith(",vendor=1").contains("th:c");
        assertThat(traceStates(kept).get(1)).isEqualTo("ot=th:c");
    }

    @ParameterizedTest
    @EnumSource
    void neverCarryLessThanTheyCameWith(Backend backend) throws Exception {
        SamplingSettings settings =
                TestSettings.with(named("half", new Probabilistic(50, ""))).stampThreshold().make();

        List<PlacedSpan> kept =
                kept(backend, settings, with(CHOSEN + ";th:e", fine(1)), with("ot=th:4", fine(2)));

        assertThat(traceStates(kept).get(0)).isEqualTo(CHOSEN + ";th:e");
        assertThat(traceStates(kept).get(1)).isEqualTo("ot=th:8");
    }

    @ParameterizedTest
    @EnumSource
    void carryTheLeastOfThoseThatSampled(Backend backend) throws Exception {
        List<NamedPolicy> policies =
                List.of(
                        new NamedPolicy("quarter", new Probabilistic(25, "")),
                        new NamedPolicy("half", new Probabilistic(50, "")));
        SamplingSettings settings = TestSettings.with(policies).stampThreshold().make();

        List<PlacedSpan> kept = kept(backend, settings, with(CHOSEN, fine(1)), fine(2));

        assertThat(traceStates(kept)).last().isEqualTo("ot=th:8");
    }

    @ParameterizedTest
    @EnumSource
    void carryNoneWhereALimiterKeptThem(Backend backend) throws Exception {
        SamplingSettings settings =
                TestSettings.with(named("some", new RateLimiting(100, 0))).stampThreshold().make();

        List<PlacedSpan> kept = kept(backend, settings, with("ot=th:8,vendor=1", fine(1)), fine(2));

        assertThat(traceStates(kept)).containsExactly("vendor=1", "");
    }
}
