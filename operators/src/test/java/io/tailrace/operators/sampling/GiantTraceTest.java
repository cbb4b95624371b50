package io.tailrace.operators.sampling;

import io.opentelemetry.proto.trace.v1.Span;
import io.tailrace.operators.sampling.SamplerHarness.Backend;
import io.tailrace.operators.sampling.decision.DecisionRecord;
import io.tailrace.operators.sampling.decision.Trigger;
import io.tailrace.operators.span.Requests;
import io.tailrace.operators.span.TraceId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

import static io.tailrace.operators.sampling.SamplerScenarios.ERRORS;
import static io.tailrace.operators.sampling.SamplerScenarios.TRACE;
import static org.assertj.core.api.Assertions.assertThat;

/** A trace that never ends is decided at its limit, and hurts none of those beside it. */
class GiantTraceTest {

    private static final int CHUNKS = 3_000;
    private static final int SPANS_PER_CHUNK = 100;
    private static final int SPANS = CHUNKS * SPANS_PER_CHUNK;
    private static final int MOST_SPANS = 10_000;

    /** Decisions of the small traces. */
    private record Outcome(List<DecisionRecord> records, List<KeptSpans> kept) {}

    @ParameterizedTest
    @CsvSource({"HASHMAP, false", "ROCKSDB, false", "ROCKSDB, true"})
    void leavesOthersAlone(Backend backend, boolean unique) throws Exception {
        TestSettings settings =
                TestSettings.with(ERRORS).eagerRelease().reconsider().maxSpansPerTrace(MOST_SPANS);
        SamplingSettings made = unique ? settings.deduplicate().make() : settings.make();

        Outcome beside = run(backend, made, true);

        Outcome alone = run(backend, made, false);
        assertThat(alone.records).hasSize(CHUNKS / 10);
        assertThat(beside.records).containsExactlyInAnyOrderElementsOf(alone.records);
        assertThat(beside.kept).containsExactlyInAnyOrderElementsOf(alone.kept);
    }

    private static Outcome run(Backend backend, SamplingSettings settings, boolean giant)
            throws Exception {
        try (SamplerHarness sampler = new SamplerHarness(backend, settings)) {
            long mostBytes = 0;
            for (int i = 0; i < CHUNKS; i++) {
                long arrival = 100_000L + i;
                if (giant) {
                    sampler.send(arrival, part(i));
                }
                if (i % 10 == 0) {
                    sampler.send(arrival, small(i));
                    sampler.watermark(arrival - 1);
                    mostBytes = Math.max(mostBytes, sampler.metric("buffered_bytes"));
                }
            }
            sampler.end();

            assertThat(sampler.stateEntries()).isZero();
            assertThat(sampler.timers()).isZero();
            if (giant) {
                // It alone would have thirty times as many.
                assertThat(mostBytes).isLessThan(2L * MOST_SPANS * bytesPerSpan());
                assertGiant(sampler.records());
            }
            return new Outcome(
                    sampler.records().stream()
                            .filter(record -> !record.traceId().equals(TRACE))
                            .toList(),
                    sampler.kept());
        }
    }

    private static void assertGiant(List<DecisionRecord> all) {
        List<DecisionRecord> records =
                all.stream().filter(record -> record.traceId().equals(TRACE)).toList();
        assertThat(records)
                .extracting(DecisionRecord::trigger)
                .containsExactly(Trigger.SPAN_LIMIT, Trigger.LATE);
        assertThat(records).extracting(DecisionRecord::spans).containsExactly(MOST_SPANS, SPANS);
        assertThat(records.get(1).lateSpans()).isEqualTo(SPANS - MOST_SPANS);
    }

    private static Span[] part(int number) {
        Span[] spans = new Span[SPANS_PER_CHUNK];
        for (int i = 0; i < spans.length; i++) {
            spans[i] = SamplerScenarios.fine(number * SPANS_PER_CHUNK + i + 1L);
        }
        return spans;
    }

    private static long bytesPerSpan() {
        return SamplerScenarios.chunk(0, part(0)).otlp().length / SPANS_PER_CHUNK;
    }

    /** Every third has an error, and is decided early. */
    private static Span small(int number) {
        TraceId traceId = new TraceId(2, number + 1L);
        Span.Builder span = Requests.child(traceId, number + 1L);
        if (number % 30 == 0) {
            span.getStatusBuilder().setCodeValue(2);
        }
        return span.build();
    }
}
