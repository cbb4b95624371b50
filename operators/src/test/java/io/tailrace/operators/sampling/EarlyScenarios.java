package io.tailrace.operators.sampling;

import io.tailrace.operators.sampling.SamplerScenarios.Scenario;
import io.tailrace.operators.sampling.policy.AlwaysSample;
import io.tailrace.operators.sampling.policy.Drop;
import io.tailrace.operators.sampling.policy.NamedPolicy;
import io.tailrace.operators.sampling.policy.Policy;
import io.tailrace.operators.sampling.policy.Probabilistic;
import io.tailrace.operators.sampling.policy.RateLimiting;
import io.tailrace.operators.sampling.policy.SubPolicy;

import java.time.Duration;
import java.util.List;

import static io.tailrace.operators.sampling.SamplerScenarios.ERRORS;
import static io.tailrace.operators.sampling.SamplerScenarios.end;
import static io.tailrace.operators.sampling.SamplerScenarios.error;
import static io.tailrace.operators.sampling.SamplerScenarios.fine;
import static io.tailrace.operators.sampling.SamplerScenarios.nothingBuffered;
import static io.tailrace.operators.sampling.SamplerScenarios.root;
import static io.tailrace.operators.sampling.SamplerScenarios.send;
import static io.tailrace.operators.sampling.SamplerScenarios.undecided;
import static io.tailrace.operators.sampling.SamplerScenarios.watermark;

/** Traces that may be decided before their deadline. */
final class EarlyScenarios {

    private static final SamplingSettings EAGER = early(ERRORS);

    private EarlyScenarios() {}

    private static SamplingSettings early(List<NamedPolicy> policies) {
        return TestSettings.with(policies).eagerRelease().make();
    }

    private static NamedPolicy drop(Policy what) {
        return new NamedPolicy("drop", new Drop(List.of(new SubPolicy(null, what))));
    }

    private static NamedPolicy everything() {
        return new NamedPolicy("all", new AlwaysSample());
    }

    private static Policy errors() {
        return ERRORS.get(0).policy();
    }

    static List<Scenario> all() {
        return List.of(
                new Scenario(
                        "sampled as of the arrival that settles it",
                        EAGER,
                        List.of(
                                send(100_000, fine(1)),
                                send(110_000, error(2)),
                                watermark(109_999),
                                undecided(),
                                watermark(110_000),
                                nothingBuffered(),
                                watermark(170_000)),
                        List.of(List.of(1L, 2L)),
                        List.of("SAMPLED EAGER spans=2 late=0 first=100000 decided=110000")),
                new Scenario(
                        "what would have been a member follows, however short the memory is",
                        TestSettings.with(ERRORS)
                                .eagerRelease()
                                .decisionTtl(Duration.ofSeconds(1))
                                .make(),
                        List.of(
                                send(100_000, error(1)),
                                watermark(104_000),
                                send(105_000, fine(2)),
                                watermark(129_999),
                                send(130_000, fine(3)),
                                send(130_001, fine(4)),
                                watermark(130_000),
                                end()),
                        List.of(List.of(1L), List.of(2L), List.of(3L)),
                        List.of(
                                "SAMPLED EAGER spans=1 late=0 first=100000 decided=100000",
                                "SAMPLED LATE spans=3 late=2 first=100000 decided=100000",
                                "NOT_SAMPLED END_OF_INPUT spans=1 late=0 first=130001"
                                        + " decided=160001")),
                new Scenario(
                        "not settled until the deadline",
                        EAGER,
                        List.of(
                                send(100_000, fine(1)),
                                watermark(129_999),
                                undecided(),
                                watermark(130_000),
                                watermark(190_000)),
                        List.of(),
                        List.of("NOT_SAMPLED DEADLINE spans=1 late=0 first=100000 decided=130000")),
                new Scenario(
                        "dropped as of the arrival that settles it, whatever samples",
                        early(List.of(everything(), drop(errors()))),
                        List.of(
                                send(100_000, fine(1)),
                                send(101_000, error(2)),
                                watermark(101_000),
                                nothingBuffered(),
                                send(102_000, fine(3)),
                                nothingBuffered(),
                                watermark(161_000)),
                        List.of(),
                        List.of(
                                "DROPPED EAGER spans=2 late=0 first=100000 decided=101000",
                                "DROPPED LATE spans=3 late=1 first=100000 decided=101000")),
                new Scenario(
                        "not sampled as soon as no policy ever could",
                        early(List.of(new NamedPolicy("none", new Probabilistic(0, "")))),
                        List.of(
                                send(100_000, error(1)),
                                watermark(100_000),
                                nothingBuffered(),
                                watermark(160_000)),
                        List.of(),
                        List.of("NOT_SAMPLED EAGER spans=1 late=0 first=100000 decided=100000")),
                new Scenario(
                        "a drop policy that is open holds back what is sampled",
                        early(List.of(everything(), drop(errors()))),
                        List.of(
                                send(100_000, fine(1)),
                                watermark(129_999),
                                undecided(),
                                watermark(130_000),
                                watermark(190_000)),
                        List.of(List.of(1L)),
                        List.of("SAMPLED DEADLINE spans=1 late=0 first=100000 decided=130000")),
                new Scenario(
                        "a limiter is not asked early",
                        early(
                                List.of(
                                        new NamedPolicy("some", new RateLimiting(1000, 0)),
                                        ERRORS.get(0))),
                        List.of(
                                send(100_000, fine(1)),
                                watermark(129_999),
                                undecided(),
                                watermark(130_000),
                                watermark(190_000)),
                        List.of(List.of(1L)),
                        List.of("SAMPLED DEADLINE spans=1 late=0 first=100000 decided=130000")),
                new Scenario(
                        "spans between an early decision and the deadline follow, as late ones do",
                        EAGER,
                        List.of(
                                send(100_000, error(1)),
                                watermark(100_000),
                                send(110_000, fine(2)),
                                send(130_000, fine(3)),
                                nothingBuffered(),
                                send(131_000, fine(4)),
                                watermark(160_000)),
                        List.of(List.of(1L), List.of(2L), List.of(3L), List.of(4L)),
                        List.of(
                                "SAMPLED EAGER spans=1 late=0 first=100000 decided=100000",
                                "SAMPLED LATE spans=4 late=3 first=100000 decided=100000")),
                new Scenario(
                        "what came before the watermark follows like what comes after it",
                        EAGER,
                        List.of(
                                send(100_000, error(1)),
                                send(110_000, fine(2)),
                                send(130_000, fine(3)),
                                send(131_000, fine(4)),
                                watermark(160_000)),
                        List.of(List.of(1L), List.of(2L), List.of(3L), List.of(4L)),
                        List.of(
                                "SAMPLED EAGER spans=1 late=0 first=100000 decided=100000",
                                "SAMPLED LATE spans=4 late=3 first=100000 decided=100000")),
                new Scenario(
                        "settled earlier by what is read later",
                        EAGER,
                        List.of(
                                send(105_000, fine(1)),
                                send(110_000, error(2)),
                                send(103_000, error(3)),
                                watermark(110_000),
                                nothingBuffered(),
                                watermark(163_000)),
                        List.of(List.of(3L), List.of(1L), List.of(2L)),
                        List.of(
                                "SAMPLED EAGER spans=1 late=0 first=103000 decided=103000",
                                "SAMPLED LATE spans=3 late=2 first=103000 decided=103000")),
                new Scenario(
                        "all of the arrival that settles it are members",
                        EAGER,
                        List.of(
                                send(100_000, error(1)),
                                send(100_000, fine(2)),
                                watermark(100_000),
                                watermark(160_000)),
                        List.of(List.of(1L, 2L)),
                        List.of("SAMPLED EAGER spans=2 late=0 first=100000 decided=100000")),
                new Scenario(
                        "a root read later takes from it what settled it",
                        EAGER,
                        List.of(
                                send(100_000, fine(1)),
                                send(108_000, error(2)),
                                send(101_000, root(3)),
                                watermark(105_999),
                                undecided(),
                                watermark(108_000),
                                watermark(166_000)),
                        List.of(),
                        List.of(
                                "NOT_SAMPLED ROOT spans=2 late=0 first=100000 decided=106000",
                                "NOT_SAMPLED LATE spans=3 late=1 first=100000 decided=106000")),
                new Scenario(
                        "the memory begins at the early decision",
                        EAGER,
                        List.of(
                                send(100_000, error(1)),
                                send(160_000, fine(2)),
                                send(160_001, error(3)),
                                watermark(160_001),
                                watermark(220_001)),
                        List.of(List.of(1L), List.of(2L), List.of(3L)),
                        List.of(
                                "SAMPLED EAGER spans=1 late=0 first=100000 decided=100000",
                                "SAMPLED LATE spans=2 late=1 first=100000 decided=100000",
                                "SAMPLED EAGER spans=1 late=0 first=160001 decided=160001")),
                new Scenario(
                        "a settled trace that fills up was decided before",
                        TestSettings.with(ERRORS).eagerRelease().maxSpansPerTrace(3).make(),
                        List.of(
                                send(100_000, error(1)),
                                send(100_001, fine(2), fine(3), fine(4)),
                                nothingBuffered(),
                                watermark(160_000)),
                        List.of(List.of(1L), List.of(2L, 3L, 4L)),
                        List.of(
                                "SAMPLED EAGER spans=1 late=0 first=100000 decided=100000",
                                "SAMPLED LATE spans=4 late=3 first=100000 decided=100000")),
                new Scenario(
                        "settled at the end of the input",
                        EAGER,
                        List.of(send(100_000, error(1)), end()),
                        List.of(List.of(1L)),
                        List.of("SAMPLED EAGER spans=1 late=0 first=100000 decided=100000")));
    }
}
