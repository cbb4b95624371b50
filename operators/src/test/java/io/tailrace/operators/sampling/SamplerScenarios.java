package io.tailrace.operators.sampling;

import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.tailrace.operators.sampling.policy.NamedPolicy;
import io.tailrace.operators.sampling.policy.StatusCode;
import io.tailrace.operators.span.Requests;
import io.tailrace.operators.span.TraceId;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import static org.assertj.core.api.Assertions.assertThat;

/** Lives of one trace, each to its end, where nothing of it may be left. */
final class SamplerScenarios {

    static final TraceId TRACE = new TraceId(1, 1);
    static final List<NamedPolicy> ERRORS =
            List.of(new NamedPolicy("errors", new StatusCode(List.of(StatusCode.Code.ERROR))));
    static final SamplingSettings SETTINGS = settings(1000, 1 << 20);
    private static final SamplingSettings SMALL = settings(3, 1 << 20);

    /**
     * @param kept what is handed on, each by the ids of its spans
     * @param records the text of each
     */
    record Scenario(
            String name,
            SamplingSettings settings,
            List<Step> steps,
            List<List<Long>> kept,
            List<String> records) {
        @Override
        public String toString() {
            return name;
        }
    }

    @FunctionalInterface
    interface Step {
        void run(SamplerHarness sampler) throws Exception;
    }

    private SamplerScenarios() {}

    static SamplingSettings settings(int mostSpans, long mostBytes) {
        return limited(mostSpans, mostBytes).make();
    }

    private static TestSettings limited(int mostSpans, long mostBytes) {
        return TestSettings.with(ERRORS).maxSpansPerTrace(mostSpans).maxBytesPerTrace(mostBytes);
    }

    static Span error(long id) {
        return Requests.child(TRACE, id).setStatus(Status.newBuilder().setCodeValue(2)).build();
    }

    static Span fine(long id) {
        return Requests.child(TRACE, id).build();
    }

    static Span root(long id) {
        return Requests.span(TRACE, id).build();
    }

    static Step send(long arrival, Span... spans) {
        return sampler -> sampler.send(arrival, spans);
    }

    static TraceChunk chunk(long arrival, Span... spans) {
        return new Chunks(ERRORS).of(Requests.of(spans), arrival).get(0);
    }

    static Step watermark(long time) {
        return sampler -> sampler.watermark(time);
    }

    static Step end() {
        return SamplerHarness::end;
    }

    /** What must hold at this point. */
    static Step holds(Consumer<SamplerHarness> check) {
        return check::accept;
    }

    /** Nothing may be decided yet. */
    static Step undecided() {
        return holds(sampler -> assertThat(sampler.records()).isEmpty());
    }

    /** No span may be buffered any more. */
    static Step nothingBuffered() {
        return holds(
                sampler -> {
                    assertThat(sampler.metric("traces_open")).isZero();
                    assertThat(sampler.metric("buffered_bytes")).isZero();
                });
    }

    static List<Scenario> all() {
        List<Scenario> all = new ArrayList<>(atDeadline());
        all.addAll(EarlyScenarios.all());
        all.addAll(LateScenarios.all());
        all.addAll(DuplicateScenarios.all());
        return all;
    }

    private static List<Scenario> atDeadline() {
        List<Scenario> all = new ArrayList<>();
        all.add(
                new Scenario(
                        "kept",
                        SETTINGS,
                        List.of(
                                send(100_000, error(1)),
                                send(110_000, fine(2)),
                                watermark(130_000),
                                watermark(190_000)),
                        List.of(List.of(1L, 2L)),
                        List.of("SAMPLED DEADLINE spans=2 late=0 first=100000 decided=130000")));
        all.add(
                new Scenario(
                        "not kept",
                        SETTINGS,
                        List.of(send(100_000, fine(1)), watermark(130_000), watermark(190_000)),
                        List.of(),
                        List.of(
                                "NOT_SAMPLED DEADLINE spans=1 late=0 first=100000 decided=130000")));
        all.add(
                new Scenario(
                        "decided after its root",
                        SETTINGS,
                        List.of(
                                send(100_000, error(1)),
                                send(101_000, root(2)),
                                watermark(106_000),
                                watermark(166_000)),
                        List.of(List.of(1L, 2L)),
                        List.of("SAMPLED ROOT spans=2 late=0 first=100000 decided=106000")));
        all.add(
                new Scenario(
                        "root too late to matter",
                        SETTINGS,
                        List.of(
                                send(100_000, error(1)),
                                send(129_000, root(2)),
                                watermark(130_000),
                                watermark(190_000)),
                        List.of(List.of(1L, 2L)),
                        List.of("SAMPLED DEADLINE spans=2 late=0 first=100000 decided=130000")));
        all.add(
                new Scenario(
                        "decided by the number of spans",
                        SMALL,
                        List.of(
                                send(100_000, error(1), fine(2)),
                                send(100_500, fine(3)),
                                send(101_000, fine(4)),
                                watermark(160_500)),
                        List.of(List.of(1L, 2L, 3L), List.of(4L)),
                        List.of(
                                "SAMPLED SPAN_LIMIT spans=3 late=0 first=100000 decided=100500",
                                "SAMPLED LATE spans=4 late=1 first=100000 decided=100500")));
        all.add(
                new Scenario(
                        "decided by the number of bytes",
                        settings(1000, 1),
                        List.of(
                                send(100_000, fine(1)),
                                send(100_001, error(2)),
                                watermark(160_000)),
                        List.of(),
                        List.of(
                                "NOT_SAMPLED BYTE_LIMIT spans=1 late=0 first=100000 decided=100000",
                                "NOT_SAMPLED LATE spans=2 late=1 first=100000 decided=100000")));
        all.add(
                new Scenario(
                        "late spans of a kept trace",
                        SETTINGS,
                        List.of(
                                send(100_000, error(1)),
                                watermark(130_000),
                                send(131_000, fine(2)),
                                send(140_000, fine(3), fine(4)),
                                watermark(190_000)),
                        List.of(List.of(1L), List.of(2L), List.of(3L, 4L)),
                        List.of(
                                "SAMPLED DEADLINE spans=1 late=0 first=100000 decided=130000",
                                "SAMPLED LATE spans=4 late=3 first=100000 decided=130000")));
        all.add(
                new Scenario(
                        "late spans of a trace not kept",
                        SETTINGS,
                        List.of(
                                send(100_000, fine(1)),
                                watermark(130_000),
                                send(131_000, error(2)),
                                watermark(190_000)),
                        List.of(),
                        List.of(
                                "NOT_SAMPLED DEADLINE spans=1 late=0 first=100000 decided=130000",
                                "NOT_SAMPLED LATE spans=2 late=1 first=100000 decided=130000")));
        all.add(
                new Scenario(
                        "at the end of the memory follows, one after opens a new trace",
                        SETTINGS,
                        List.of(
                                send(100_000, error(1)),
                                watermark(130_000),
                                send(190_000, fine(2)),
                                send(190_001, fine(3)),
                                watermark(190_000),
                                watermark(220_001),
                                watermark(280_001)),
                        List.of(List.of(1L), List.of(2L)),
                        List.of(
                                "SAMPLED DEADLINE spans=1 late=0 first=100000 decided=130000",
                                "SAMPLED LATE spans=2 late=1 first=100000 decided=130000",
                                "NOT_SAMPLED DEADLINE spans=1 late=0 first=190001 decided=220001")));
        all.add(
                new Scenario(
                        "after the memory was given up opens a new trace",
                        SETTINGS,
                        List.of(
                                send(100_000, fine(1)),
                                watermark(130_000),
                                watermark(190_000),
                                send(195_000, error(2)),
                                watermark(225_000),
                                watermark(285_000)),
                        List.of(List.of(2L)),
                        List.of(
                                "NOT_SAMPLED DEADLINE spans=1 late=0 first=100000 decided=130000",
                                "SAMPLED DEADLINE spans=1 late=0 first=195000 decided=225000")));
        all.add(
                new Scenario(
                        "at the deadline is a member, one after it is late, watermark or not",
                        SETTINGS,
                        List.of(
                                send(100_000, fine(1)),
                                send(130_001, error(2)),
                                send(130_000, fine(3)),
                                watermark(130_000),
                                watermark(190_000)),
                        List.of(),
                        List.of(
                                "NOT_SAMPLED DEADLINE spans=2 late=0 first=100000 decided=130000",
                                "NOT_SAMPLED LATE spans=3 late=1 first=100000 decided=130000")));
        all.add(
                new Scenario(
                        "several lives before the first watermark",
                        SETTINGS,
                        List.of(
                                send(100_000, fine(1)),
                                send(190_001, error(2)),
                                send(220_002, fine(3)),
                                send(280_001, fine(4)),
                                send(280_002, root(5)),
                                watermark(1_000_000)),
                        List.of(List.of(2L), List.of(3L), List.of(4L)),
                        List.of(
                                "NOT_SAMPLED DEADLINE spans=1 late=0 first=100000 decided=130000",
                                "SAMPLED DEADLINE spans=1 late=0 first=190001 decided=220001",
                                "SAMPLED LATE spans=3 late=2 first=190001 decided=220001",
                                "NOT_SAMPLED ROOT spans=1 late=0 first=280002 decided=285002")));
        all.add(
                new Scenario(
                        "end of input",
                        SETTINGS,
                        List.of(
                                send(100_000, error(1)),
                                watermark(110_000),
                                send(130_001, fine(2)),
                                end()),
                        List.of(List.of(1L), List.of(2L)),
                        List.of(
                                "SAMPLED END_OF_INPUT spans=1 late=0 first=100000 decided=130000",
                                "SAMPLED LATE spans=2 late=1 first=100000 decided=130000")));
        all.add(
                new Scenario(
                        "end of input while a decision is remembered",
                        SETTINGS,
                        List.of(send(100_000, error(1)), watermark(130_000), end()),
                        List.of(List.of(1L)),
                        List.of("SAMPLED DEADLINE spans=1 late=0 first=100000 decided=130000")));
        all.add(
                new Scenario(
                        "an earlier chunk moves the deadline",
                        SETTINGS,
                        List.of(
                                send(105_000, fine(1)),
                                send(100_000, error(2)),
                                watermark(130_000),
                                watermark(190_000)),
                        List.of(List.of(1L, 2L)),
                        List.of("SAMPLED DEADLINE spans=2 late=0 first=100000 decided=130000")));
        all.add(
                new Scenario(
                        "an earlier root moves the deadline, and makes another late",
                        SETTINGS,
                        List.of(
                                send(100_000, error(1)),
                                send(108_000, root(2)),
                                send(100_500, root(3)),
                                watermark(105_500),
                                watermark(165_500)),
                        List.of(List.of(1L, 3L), List.of(2L)),
                        List.of(
                                "SAMPLED ROOT spans=2 late=0 first=100000 decided=105500",
                                "SAMPLED LATE spans=3 late=1 first=100000 decided=105500")));
        all.add(
                new Scenario(
                        "behind the watermark",
                        SETTINGS,
                        List.of(watermark(200_000), send(100_000, error(1)), watermark(200_001)),
                        List.of(List.of(1L)),
                        List.of("SAMPLED DEADLINE spans=1 late=0 first=100000 decided=130000")));
        all.add(
                new Scenario(
                        "the next life reaches a limit while the last is open",
                        SMALL,
                        List.of(
                                send(100_000, fine(1)),
                                send(190_002, fine(2)),
                                send(190_001, error(3), fine(4), fine(5)),
                                watermark(250_001)),
                        List.of(List.of(3L, 4L, 5L), List.of(2L)),
                        List.of(
                                "NOT_SAMPLED DEADLINE spans=1 late=0 first=100000 decided=130000",
                                "SAMPLED SPAN_LIMIT spans=3 late=0 first=190001 decided=190001",
                                "SAMPLED LATE spans=4 late=1 first=190001 decided=190001")));
        all.add(
                new Scenario(
                        "the next life reaches a limit while the last is remembered",
                        SMALL,
                        List.of(
                                send(100_000, error(1)),
                                watermark(130_000),
                                send(131_000, fine(2)),
                                send(190_001, fine(3), fine(4)),
                                send(190_002, fine(5)),
                                watermark(190_000),
                                watermark(250_002)),
                        List.of(List.of(1L), List.of(2L)),
                        List.of(
                                "SAMPLED DEADLINE spans=1 late=0 first=100000 decided=130000",
                                "SAMPLED LATE spans=2 late=1 first=100000 decided=130000",
                                "NOT_SAMPLED SPAN_LIMIT spans=3 late=0 first=190001 decided=190002")));
        all.add(
                new Scenario(
                        "without memory",
                        limited(1000, 1 << 20).decisionTtl(Duration.ZERO).make(),
                        List.of(
                                send(100_000, error(1)),
                                send(130_001, fine(2)),
                                watermark(130_000),
                                watermark(160_001)),
                        List.of(List.of(1L)),
                        List.of(
                                "SAMPLED DEADLINE spans=1 late=0 first=100000 decided=130000",
                                "NOT_SAMPLED DEADLINE spans=1 late=0 first=130001 decided=160001")));
        all.add(
                new Scenario(
                        "at the end of time",
                        SETTINGS,
                        List.of(send(Long.MAX_VALUE, error(1)), end()),
                        List.of(List.of(1L)),
                        List.of(
                                "SAMPLED END_OF_INPUT spans=1 late=0 first=%d decided=%1$d"
                                        .formatted(Long.MAX_VALUE))));
        return all;
    }
}
