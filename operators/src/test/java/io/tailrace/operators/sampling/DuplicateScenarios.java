package io.tailrace.operators.sampling;

import io.tailrace.operators.sampling.SamplerScenarios.Scenario;
import io.tailrace.operators.sampling.policy.AlwaysSample;
import io.tailrace.operators.sampling.policy.NamedPolicy;
import io.tailrace.operators.sampling.policy.Policy;
import io.tailrace.operators.sampling.policy.SpanCount;

import java.util.List;

import static io.tailrace.operators.sampling.SamplerScenarios.ERRORS;
import static io.tailrace.operators.sampling.SamplerScenarios.error;
import static io.tailrace.operators.sampling.SamplerScenarios.fine;
import static io.tailrace.operators.sampling.SamplerScenarios.nothingBuffered;
import static io.tailrace.operators.sampling.SamplerScenarios.root;
import static io.tailrace.operators.sampling.SamplerScenarios.send;
import static io.tailrace.operators.sampling.SamplerScenarios.undecided;
import static io.tailrace.operators.sampling.SamplerScenarios.watermark;

/** Traces whose spans come more than once. */
final class DuplicateScenarios {

    private DuplicateScenarios() {}

    private static TestSettings unique(Policy policy) {
        return TestSettings.with(List.of(new NamedPolicy("one", policy))).deduplicate();
    }

    private static TestSettings three() {
        return unique(new SpanCount(3, 0));
    }

    private static TestSettings everything() {
        return unique(new AlwaysSample());
    }

    static List<Scenario> all() {
        return List.of(
                new Scenario(
                        "a chunk that comes again counts once",
                        three().make(),
                        List.of(
                                send(100_000, fine(1), fine(2)),
                                send(101_000, fine(1), fine(2)),
                                watermark(130_000),
                                watermark(190_000)),
                        List.of(),
                        List.of("NOT_SAMPLED DEADLINE spans=2 late=0 first=100000 decided=130000")),
                new Scenario(
                        "where nobody looks for duplicates all count",
                        TestSettings.with(three().make().policies()).make(),
                        List.of(
                                send(100_000, fine(1), fine(2)),
                                send(101_000, fine(1), fine(2)),
                                watermark(130_000),
                                watermark(190_000)),
                        List.of(List.of(1L, 1L, 2L, 2L)),
                        List.of("SAMPLED DEADLINE spans=4 late=0 first=100000 decided=130000")),
                new Scenario(
                        "of overlapping chunks each span is kept once",
                        three().make(),
                        List.of(
                                send(100_000, fine(1), fine(2)),
                                send(101_000, fine(2), fine(3)),
                                watermark(130_000),
                                watermark(190_000)),
                        List.of(List.of(1L, 2L, 3L)),
                        List.of("SAMPLED DEADLINE spans=3 late=0 first=100000 decided=130000")),
                new Scenario(
                        "within a chunk each span is kept once",
                        everything().make(),
                        List.of(
                                send(100_000, fine(1), fine(2), fine(1), root(3), root(3)),
                                watermark(105_000),
                                watermark(165_000)),
                        List.of(List.of(1L, 2L, 3L)),
                        List.of("SAMPLED ROOT spans=3 late=0 first=100000 decided=105000")),
                new Scenario(
                        "the span that arrived first counts, whichever is read first",
                        everything().make(),
                        List.of(
                                send(110_000, fine(1), fine(2)),
                                send(100_000, fine(2), fine(3)),
                                watermark(130_000),
                                watermark(190_000)),
                        List.of(List.of(1L, 2L, 3L)),
                        List.of("SAMPLED DEADLINE spans=3 late=0 first=100000 decided=130000")),
                new Scenario(
                        "duplicates fill no limit",
                        everything().maxSpansPerTrace(4).make(),
                        List.of(
                                send(100_000, fine(1), fine(2)),
                                send(101_000, fine(1), fine(2)),
                                send(102_000, fine(2), fine(3)),
                                undecided(),
                                send(103_000, fine(4)),
                                nothingBuffered(),
                                watermark(163_000)),
                        List.of(List.of(1L, 2L, 3L, 4L)),
                        List.of("SAMPLED SPAN_LIMIT spans=4 late=0 first=100000 decided=103000")),
                new Scenario(
                        "duplicates fill no limit, whichever is read first",
                        everything().maxSpansPerTrace(4).make(),
                        List.of(
                                send(101_000, fine(1), fine(2)),
                                send(100_000, fine(1), fine(2)),
                                send(102_000, fine(2), fine(3)),
                                undecided(),
                                watermark(130_000),
                                watermark(190_000)),
                        List.of(List.of(1L, 2L, 3L)),
                        List.of("SAMPLED DEADLINE spans=3 late=0 first=100000 decided=130000")),
                new Scenario(
                        "after the decision duplicates are not looked for",
                        TestSettings.with(ERRORS).deduplicate().make(),
                        List.of(
                                send(100_000, error(1)),
                                watermark(130_000),
                                send(131_000, error(1)),
                                watermark(190_000)),
                        List.of(List.of(1L), List.of(1L)),
                        List.of(
                                "SAMPLED DEADLINE spans=1 late=0 first=100000 decided=130000",
                                "SAMPLED LATE spans=2 late=1 first=100000 decided=130000")),
                new Scenario(
                        "what is late already is no duplicate",
                        TestSettings.with(ERRORS).deduplicate().make(),
                        List.of(
                                send(100_000, error(1)),
                                send(131_000, error(1)),
                                watermark(130_000),
                                watermark(190_000)),
                        List.of(List.of(1L), List.of(1L)),
                        List.of(
                                "SAMPLED DEADLINE spans=1 late=0 first=100000 decided=130000",
                                "SAMPLED LATE spans=2 late=1 first=100000 decided=130000")),
                new Scenario(
                        "duplicates settle nothing",
                        three().eagerRelease().make(),
                        List.of(
                                send(110_000, fine(1), fine(2)),
                                send(100_000, fine(2)),
                                watermark(110_000),
                                undecided(),
                                send(112_000, fine(3)),
                                watermark(112_000),
                                nothingBuffered(),
                                watermark(172_000)),
                        List.of(List.of(1L, 2L, 3L)),
                        List.of("SAMPLED EAGER spans=3 late=0 first=100000 decided=112000")),
                new Scenario(
                        "duplicates settle nothing, whenever the watermark comes",
                        three().eagerRelease().make(),
                        List.of(
                                send(110_000, fine(1), fine(2)),
                                send(100_000, fine(2)),
                                send(112_000, fine(3)),
                                send(113_000, fine(4)),
                                watermark(172_000)),
                        List.of(List.of(1L, 2L, 3L), List.of(4L)),
                        List.of(
                                "SAMPLED EAGER spans=3 late=0 first=100000 decided=112000",
                                "SAMPLED LATE spans=4 late=1 first=100000 decided=112000")));
    }
}
