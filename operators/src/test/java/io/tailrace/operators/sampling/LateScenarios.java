package io.tailrace.operators.sampling;

import io.tailrace.operators.sampling.SamplerScenarios.Scenario;
import io.tailrace.operators.sampling.policy.AlwaysSample;
import io.tailrace.operators.sampling.policy.Drop;
import io.tailrace.operators.sampling.policy.NamedPolicy;
import io.tailrace.operators.sampling.policy.Not;
import io.tailrace.operators.sampling.policy.Policy;
import io.tailrace.operators.sampling.policy.Probabilistic;
import io.tailrace.operators.sampling.policy.RateLimiting;
import io.tailrace.operators.sampling.policy.SpanCount;
import io.tailrace.operators.sampling.policy.SubPolicy;

import java.time.Duration;
import java.util.List;

import static io.tailrace.operators.sampling.SamplerScenarios.ERRORS;
import static io.tailrace.operators.sampling.SamplerScenarios.error;
import static io.tailrace.operators.sampling.SamplerScenarios.fine;
import static io.tailrace.operators.sampling.SamplerScenarios.send;
import static io.tailrace.operators.sampling.SamplerScenarios.watermark;

/** What late spans change, and how much of a kept trace is handed on. */
final class LateScenarios {

    private static final SamplingSettings AGAIN = reconsidering(ERRORS);

    private LateScenarios() {}

    private static SamplingSettings reconsidering(List<NamedPolicy> policies) {
        return TestSettings.with(policies).reconsider().make();
    }

    private static List<NamedPolicy> one(Policy policy) {
        return List.of(new NamedPolicy("one", policy));
    }

    private static Policy drop(Policy what) {
        return new Drop(List.of(new SubPolicy(null, what)));
    }

    private static Policy errors() {
        return ERRORS.get(0).policy();
    }

    static List<Scenario> all() {
        return List.of(
                new Scenario(
                        "reconsidered at once: only the late spans come out",
                        AGAIN,
                        List.of(
                                send(100_000, fine(1)),
                                watermark(130_000),
                                send(131_000, fine(2)),
                                send(132_000, error(3)),
                                send(133_000, fine(4)),
                                watermark(190_000)),
                        List.of(List.of(3L), List.of(4L)),
                        List.of(
                                "NOT_SAMPLED DEADLINE spans=1 late=0 first=100000 decided=130000",
                                "SAMPLED LATE spans=3 late=2 first=100000 decided=130000"
                                        + " incomplete")),
                new Scenario(
                        "reconsidered by what came before the watermark",
                        AGAIN,
                        List.of(
                                send(100_000, fine(1)),
                                send(133_000, fine(3)),
                                send(132_000, error(2)),
                                watermark(130_000),
                                watermark(190_000)),
                        List.of(List.of(2L), List.of(3L)),
                        List.of(
                                "NOT_SAMPLED DEADLINE spans=1 late=0 first=100000 decided=130000",
                                "SAMPLED LATE spans=2 late=1 first=100000 decided=130000"
                                        + " incomplete")),
                new Scenario(
                        "reconsidered about the whole",
                        reconsidering(one(new SpanCount(4, 0))),
                        List.of(
                                send(100_000, fine(1), fine(2)),
                                watermark(130_000),
                                send(131_000, fine(3)),
                                send(132_000, fine(4)),
                                watermark(190_000)),
                        List.of(List.of(4L)),
                        List.of(
                                "NOT_SAMPLED DEADLINE spans=2 late=0 first=100000 decided=130000",
                                "SAMPLED LATE spans=4 late=2 first=100000 decided=130000"
                                        + " incomplete")),
                new Scenario(
                        "reconsidered to no avail",
                        AGAIN,
                        List.of(
                                send(100_000, fine(1)),
                                watermark(130_000),
                                send(131_000, fine(2)),
                                watermark(190_000)),
                        List.of(),
                        List.of(
                                "NOT_SAMPLED DEADLINE spans=1 late=0 first=100000 decided=130000",
                                "NOT_SAMPLED LATE spans=2 late=1 first=100000 decided=130000")),
                new Scenario(
                        "reconsidered after a limit",
                        TestSettings.with(ERRORS).reconsider().maxSpansPerTrace(2).make(),
                        List.of(
                                send(100_000, fine(1), fine(2)),
                                send(100_001, error(3)),
                                watermark(160_000)),
                        List.of(List.of(3L)),
                        List.of(
                                "NOT_SAMPLED SPAN_LIMIT spans=2 late=0 first=100000 decided=100000",
                                "SAMPLED LATE spans=3 late=1 first=100000 decided=100000"
                                        + " incomplete")),
                new Scenario(
                        "sampled stays sampled, though the whole would not be",
                        reconsidering(one(new Not(new SubPolicy(null, errors())))),
                        List.of(
                                send(100_000, fine(1)),
                                watermark(130_000),
                                send(131_000, error(2)),
                                watermark(190_000)),
                        List.of(List.of(1L), List.of(2L)),
                        List.of(
                                "SAMPLED DEADLINE spans=1 late=0 first=100000 decided=130000",
                                "SAMPLED LATE spans=2 late=1 first=100000 decided=130000")),
                new Scenario(
                        "dropped stays dropped, though the whole would be sampled",
                        reconsidering(
                                List.of(
                                        new NamedPolicy("small", drop(new SpanCount(0, 1))),
                                        new NamedPolicy("all", new AlwaysSample()))),
                        List.of(
                                send(100_000, fine(1)),
                                watermark(130_000),
                                send(131_000, fine(2)),
                                watermark(190_000)),
                        List.of(),
                        List.of(
                                "DROPPED DEADLINE spans=1 late=0 first=100000 decided=130000",
                                "DROPPED LATE spans=2 late=1 first=100000 decided=130000")),
                new Scenario(
                        "what a drop policy now holds is not sampled",
                        reconsidering(
                                List.of(
                                        new NamedPolicy("large", drop(new SpanCount(2, 0))),
                                        ERRORS.get(0))),
                        List.of(
                                send(100_000, fine(1)),
                                watermark(130_000),
                                send(131_000, error(2)),
                                watermark(190_000)),
                        List.of(),
                        List.of(
                                "NOT_SAMPLED DEADLINE spans=1 late=0 first=100000 decided=130000",
                                "NOT_SAMPLED LATE spans=2 late=1 first=100000 decided=130000")),
                new Scenario(
                        "a limiter is not asked again",
                        reconsidering(one(new RateLimiting(1, 1))),
                        List.of(
                                send(100_000, fine(1), fine(2)),
                                watermark(130_000),
                                send(131_000, fine(3)),
                                watermark(190_000)),
                        List.of(),
                        List.of(
                                "NOT_SAMPLED DEADLINE spans=2 late=0 first=100000 decided=130000",
                                "NOT_SAMPLED LATE spans=3 late=1 first=100000 decided=130000")),
                new Scenario(
                        "a share is not chosen again, though a late span brings the luck for it",
                        TestSettings.with(one(new Probabilistic(50, "")))
                                .reconsider()
                                .stampThreshold()
                                .make(),
                        List.of(
                                send(100_000, fine(1)),
                                watermark(130_000),
                                send(
                                        131_000,
                                        fine(2).toBuilder()
                                                .setTraceState("ot=rv:ffffffffffffff")
                                                .build()),
                                watermark(190_000)),
                        List.of(),
                        List.of(
                                "NOT_SAMPLED DEADLINE spans=1 late=0 first=100000 decided=130000",
                                "NOT_SAMPLED LATE spans=2 late=1 first=100000 decided=130000")),
                new Scenario(
                        "reconsidered never of what was settled",
                        TestSettings.with(one(new Probabilistic(0, "")))
                                .reconsider()
                                .eagerRelease()
                                .make(),
                        List.of(
                                send(100_000, fine(1)),
                                watermark(100_000),
                                send(131_000, error(2)),
                                watermark(160_000)),
                        List.of(),
                        List.of(
                                "NOT_SAMPLED EAGER spans=1 late=0 first=100000 decided=100000",
                                "NOT_SAMPLED LATE spans=2 late=1 first=100000 decided=100000")),
                new Scenario(
                        "no more than so many spans of a kept trace, cut within a chunk",
                        TestSettings.with(ERRORS).maxKeptSpansPerTrace(2).make(),
                        List.of(
                                send(100_000, error(1)),
                                send(100_001, fine(2), fine(3)),
                                watermark(130_000),
                                send(131_000, fine(4)),
                                watermark(190_000)),
                        List.of(List.of(1L, 2L)),
                        List.of(
                                "SAMPLED DEADLINE spans=3 late=0 first=100000 decided=130000"
                                        + " incomplete",
                                "SAMPLED LATE spans=4 late=1 first=100000 decided=130000"
                                        + " incomplete")),
                new Scenario(
                        "no more than so many spans of a kept trace, late ones counted",
                        TestSettings.with(ERRORS).maxKeptSpansPerTrace(3).make(),
                        List.of(
                                send(100_000, error(1)),
                                watermark(130_000),
                                send(131_000, fine(2)),
                                send(132_000, fine(3), fine(4)),
                                send(133_000, fine(5)),
                                watermark(190_000)),
                        List.of(List.of(1L), List.of(2L), List.of(3L)),
                        List.of(
                                "SAMPLED DEADLINE spans=1 late=0 first=100000 decided=130000",
                                "SAMPLED LATE spans=5 late=4 first=100000 decided=130000"
                                        + " incomplete")),
                new Scenario(
                        "just so many spans of a kept trace",
                        TestSettings.with(ERRORS).maxKeptSpansPerTrace(2).make(),
                        List.of(
                                send(100_000, error(1)),
                                watermark(130_000),
                                send(131_000, fine(2)),
                                watermark(190_000)),
                        List.of(List.of(1L), List.of(2L)),
                        List.of(
                                "SAMPLED DEADLINE spans=1 late=0 first=100000 decided=130000",
                                "SAMPLED LATE spans=2 late=1 first=100000 decided=130000")),
                new Scenario(
                        "so many spans of a trace that is reconsidered",
                        TestSettings.with(ERRORS).reconsider().maxKeptSpansPerTrace(1).make(),
                        List.of(
                                send(100_000, fine(1)),
                                watermark(130_000),
                                send(131_000, fine(2), error(3)),
                                send(132_000, fine(4)),
                                watermark(190_000)),
                        List.of(List.of(2L)),
                        List.of(
                                "NOT_SAMPLED DEADLINE spans=1 late=0 first=100000 decided=130000",
                                "SAMPLED LATE spans=3 late=2 first=100000 decided=130000"
                                        + " incomplete")),
                new Scenario(
                        "a dry run keeps all, and records as if not",
                        TestSettings.with(ERRORS).dryRun().maxKeptSpansPerTrace(1).make(),
                        List.of(
                                send(100_000, fine(1), fine(2)),
                                watermark(130_000),
                                send(131_000, error(3), fine(4)),
                                watermark(190_000)),
                        List.of(List.of(1L, 2L), List.of(3L, 4L)),
                        List.of(
                                "NOT_SAMPLED DEADLINE spans=2 late=0 first=100000 decided=130000",
                                "NOT_SAMPLED LATE spans=4 late=2 first=100000 decided=130000")),
                new Scenario(
                        "a dry run keeps what is dropped",
                        TestSettings.with(one(drop(errors()))).dryRun().eagerRelease().make(),
                        List.of(
                                send(100_000, error(1)),
                                send(101_000, fine(2)),
                                watermark(160_000)),
                        List.of(List.of(1L), List.of(2L)),
                        List.of(
                                "DROPPED EAGER spans=1 late=0 first=100000 decided=100000",
                                "DROPPED LATE spans=2 late=1 first=100000 decided=100000")),
                new Scenario(
                        "without memory nothing is reconsidered",
                        TestSettings.with(ERRORS).reconsider().decisionTtl(Duration.ZERO).make(),
                        List.of(
                                send(100_000, fine(1)),
                                send(130_001, error(2)),
                                watermark(130_000),
                                watermark(160_001)),
                        List.of(List.of(2L)),
                        List.of(
                                "NOT_SAMPLED DEADLINE spans=1 late=0 first=100000 decided=130000",
                                "SAMPLED DEADLINE spans=1 late=0 first=130001 decided=160001")));
    }
}
