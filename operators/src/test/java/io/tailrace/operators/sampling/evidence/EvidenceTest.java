package io.tailrace.operators.sampling.evidence;

import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import io.tailrace.operators.sampling.Chunks;
import io.tailrace.operators.sampling.TraceChunk;
import io.tailrace.operators.sampling.policy.NamedPolicy;
import io.tailrace.operators.sampling.policy.RandomPolicies;
import io.tailrace.operators.span.PlacedSpan;
import io.tailrace.operators.span.RandomRequests;
import io.tailrace.operators.span.Requests;
import io.tailrace.operators.span.TraceId;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class EvidenceTest {

    private static final TraceId TRACE = new TraceId(1, 2);

    @Test
    void ofPartsMergedInAnyOrderIsThatOfTheWhole() {
        for (long seed = 0; seed < 1500; seed++) {
            Random random = new Random(seed);
            List<NamedPolicy> policies = new RandomPolicies(seed).some();
            Chunks chunks = new Chunks(policies);
            List<PlacedSpan> spans = spansOfOneTrace(seed);
            if (spans.isEmpty()) {
                continue;
            }
            Evidence whole = evidence(chunks, spans);

            List<Evidence> parts = new ArrayList<>();
            Collections.shuffle(spans, random);
            for (int from = 0; from < spans.size(); ) {
                int to = from + 1 + random.nextInt(spans.size() - from);
                parts.add(evidence(chunks, spans.subList(from, to)));
                from = to;
            }
            Collections.shuffle(parts, random);
            Evidence merged = new Evidence(64 * whole.bits().length);
            parts.forEach(merged::merge);

            // Resources and scopes are repeated in parts, so only the bytes differ.
            merged.bytes(whole.bytes());
            assertThat(merged).as("seed %d, %d parts", seed, parts.size()).isEqualTo(whole);
        }
    }

    @Test
    void agreesWithTheSpansThemselves() {
        for (long seed = 0; seed < 1000; seed++) {
            List<PlacedSpan> spans = spansOfOneTrace(seed);
            if (spans.isEmpty()) {
                continue;
            }
            Evidence evidence = evidence(new Chunks(List.of()), spans);

            assertThat(evidence.spans()).as("seed %d", seed).isEqualTo(spans.size());
            assertThat(evidence.startUnixNano())
                    .as("seed %d", seed)
                    .isEqualTo(
                            spans.stream()
                                    .map(each -> each.span().getStartTimeUnixNano())
                                    .min(Long::compareUnsigned)
                                    .orElseThrow());
            assertThat(evidence.endUnixNano())
                    .as("seed %d", seed)
                    .isEqualTo(
                            spans.stream()
                                    .map(each -> each.span().getEndTimeUnixNano())
                                    .max(Long::compareUnsigned)
                                    .orElseThrow());
            assertThat(evidence.hasRoot())
                    .as("seed %d", seed)
                    .isEqualTo(
                            spans.stream()
                                    .anyMatch(each -> each.span().getParentSpanId().isEmpty()));
        }
    }

    @Test
    void ofSeveralRootsTakesTheEarliestThenTheLeastId() {
        Span late = Requests.span(TRACE, 1).setStartTimeUnixNano(20).setName("late").build();
        Span early = Requests.span(TRACE, 9).setStartTimeUnixNano(10).setName("early").build();
        Span least = Requests.span(TRACE, 8).setStartTimeUnixNano(10).setName("least").build();
        // A sign bit is a number like any other here.
        Span far =
                Requests.span(TRACE, 0)
                        .setStartTimeUnixNano(-1)
                        .setSpanId(late.getSpanId())
                        .setName("far")
                        .build();

        assertThat(root(far, late)).isEqualTo("late");
        assertThat(root(late, early)).isEqualTo("early");
        assertThat(root(least, early)).isEqualTo("least");
        assertThat(root(early, least, late, far)).isEqualTo("least");
    }

    @Test
    void mergesRootsOfOneIdInAnyOrderToo() {
        Evidence one =
                evidence(
                        Requests.of(
                                Requests.service("a"),
                                Requests.span(TRACE, 1).setName("x").build()));
        Evidence other =
                evidence(
                        Requests.of(
                                Requests.service("b"),
                                Requests.span(TRACE, 1).setName("y").build()));
        Evidence oneFirst = new Evidence(0);
        oneFirst.merge(one);
        oneFirst.merge(other);
        Evidence otherFirst = new Evidence(0);
        otherFirst.merge(other);
        otherFirst.merge(one);

        assertThat(oneFirst).isEqualTo(otherFirst);
    }

    @Test
    void measuresWholeMillisecondsRoundedDownAndNoneBackwards() {
        assertThat(Evidence.durationMillis(0, 999_999)).isZero();
        assertThat(Evidence.durationMillis(5, 1_000_005)).isEqualTo(1);
        assertThat(Evidence.durationMillis(5, 1_000_004)).isZero();
        assertThat(Evidence.durationMillis(10_000_000, 5)).isZero();
        assertThat(Evidence.durationMillis(0, -1)).isEqualTo(18_446_744_073_709L);
        assertThat(Evidence.durationMillis(-1, 0)).isZero();
    }

    @Test
    void isReadAsItWasWritten() throws IOException {
        for (long seed = 0; seed < 1000; seed++) {
            List<PlacedSpan> spans = spansOfOneTrace(seed);
            Evidence evidence =
                    spans.isEmpty()
                            ? new Evidence((int) seed % 200)
                            : evidence(new Chunks(new RandomPolicies(seed).some()), spans);

            assertThat(reread(evidence)).as("seed %d", seed).isEqualTo(evidence);
        }
    }

    @Test
    void cutsALongRootNameBetweenCharacters() throws IOException {
        String name = "x".repeat(Evidence.MOST_TEXT - 1) + "😀";
        Evidence evidence = evidence(Requests.of(Requests.span(TRACE, 1).setName(name).build()));

        assertThat(evidence.rootName()).isEqualTo("x".repeat(Evidence.MOST_TEXT - 1));
        assertThat(reread(evidence)).isEqualTo(evidence);
    }

    private static Evidence reread(Evidence evidence) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        EvidenceFormat.write(evidence, out);
        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
        Evidence read = EvidenceFormat.read(in);
        assertThat(in.available()).isZero();
        return read;
    }

    private static String root(Span... spans) {
        return Objects.requireNonNull(evidence(Requests.of(spans)).rootName());
    }

    private static Evidence evidence(ExportTraceServiceRequest request) {
        List<TraceChunk> chunks = new Chunks(List.of()).of(request, 0);
        assertThat(chunks).hasSize(1);
        return chunks.get(0).evidence();
    }

    private static Evidence evidence(Chunks chunks, List<PlacedSpan> spans) {
        List<TraceChunk> made = chunks.of(PlacedSpan.request(spans), 0);
        assertThat(made).hasSize(1);
        return made.get(0).evidence();
    }

    private static List<PlacedSpan> spansOfOneTrace(long seed) {
        return new ArrayList<>(PlacedSpan.of(new RandomRequests(seed, 1).next()));
    }
}
