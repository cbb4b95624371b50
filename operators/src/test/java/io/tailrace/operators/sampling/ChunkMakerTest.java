package io.tailrace.operators.sampling;

import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import io.tailrace.operators.input.DeadLetter;
import io.tailrace.operators.input.Encoding;
import io.tailrace.operators.input.Origin;
import io.tailrace.operators.input.SpanRequest;
import io.tailrace.operators.reading.RequestReader;
import io.tailrace.operators.span.PlacedSpan;
import io.tailrace.operators.span.RandomRequests;
import io.tailrace.operators.span.Requests;
import io.tailrace.operators.span.TraceId;
import io.tailrace.operators.span.json.OtlpJsonWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class ChunkMakerTest {

    private static final Origin ORIGIN = new Origin("spans", 1, 42L);
    private static final TraceId ONE = new TraceId(0, 1);
    private static final TraceId TWO = new TraceId(0, 2);

    private final RecordedMetrics metrics = new RecordedMetrics();
    private OneInputStreamOperatorTestHarness<SpanRequest, TraceChunk> maker;

    @BeforeEach
    void open() throws Exception {
        maker =
                new OneInputStreamOperatorTestHarness<>(
                        new ProcessOperator<>(new ChunkMaker(SamplerScenarios.SETTINGS)),
                        new MockEnvironmentBuilder().setMetricGroup(metrics.task()).build());
        maker.open();
    }

    @AfterEach
    void close() throws Exception {
        maker.close();
    }

    @Test
    void makesAChunkOfEachTraceWithTheArrivalOfTheRequest() throws Exception {
        byte[] request =
                Requests.of(
                                Requests.span(ONE, 1).build(),
                                Requests.span(TWO, 2).build(),
                                Requests.child(ONE, 3).build())
                        .toByteArray();

        send(Encoding.OTLP_PROTO, request);

        assertThat(maker.extractOutputValues())
                .isEqualTo(
                        new Chunks(SamplerScenarios.ERRORS)
                                .of(ExportTraceServiceRequest.parseFrom(request), 7_000))
                .extracting(TraceChunk::spans)
                .containsExactly(2, 1);
        assertThat(deadLetters()).isEmpty();
        assertThat(metrics.sum("requests_in")).isEqualTo(1);
        assertThat(metrics.sum("bytes_in")).isEqualTo(request.length);
        assertThat(metrics.sum("spans_in")).isEqualTo(3);
        assertThat(metrics.sum("spans_ending_before_start")).isZero();
    }

    @Test
    void makesOfJsonWhatItMakesOfProtobuf() throws Exception {
        for (long seed = 0; seed < 300; seed++) {
            ExportTraceServiceRequest request = new RandomRequests(seed, 3).next();
            byte[] json = new OtlpJsonWriter().write(request.toByteArray());
            send(Encoding.OTLP_PROTO, request.toByteArray());
            List<TraceChunk> ofProtobuf = take();
            send(Encoding.OTLP_JSON, json);
            List<TraceChunk> ofJson = take();

            assertThat(ofJson).as("seed %d", seed).hasSameSizeAs(ofProtobuf);
            for (int i = 0; i < ofJson.size(); i++) {
                TraceChunk one = ofJson.get(i);
                TraceChunk other = ofProtobuf.get(i);
                assertThat(one.traceId()).as("seed %d", seed).isEqualTo(other.traceId());
                assertThat(one.fingerprint()).as("seed %d", seed).isEqualTo(other.fingerprint());
                one.evidence().bytes(other.evidence().bytes());
                assertThat(one.evidence()).as("seed %d", seed).isEqualTo(other.evidence());
                assertThat(PlacedSpan.of(one.otlp()))
                        .as("seed %d", seed)
                        .isEqualTo(PlacedSpan.of(other.otlp()));
            }
        }
        assertThat(deadLetters()).isEmpty();
    }

    @Test
    void passesOnSpansThatEndBeforeTheyStartAndCountsThem() throws Exception {
        Span backwards =
                Requests.span(ONE, 1).setStartTimeUnixNano(10).setEndTimeUnixNano(9).build();
        Span instant =
                Requests.span(ONE, 2).setStartTimeUnixNano(10).setEndTimeUnixNano(10).build();

        send(Encoding.OTLP_PROTO, Requests.of(backwards, instant).toByteArray());

        assertThat(maker.extractOutputValues()).extracting(TraceChunk::spans).containsExactly(2);
        assertThat(metrics.sum("spans_ending_before_start")).isEqualTo(1);
        assertThat(deadLetters()).isEmpty();
    }

    @Test
    void makesADeadLetterOfARecordThatNothingCanBeReadOf() throws Exception {
        byte[] cut = Arrays.copyOf(Requests.of(Requests.span(ONE, 1).build()).toByteArray(), 20);
        byte[] notJson = "{\"resourceSpans\": [".getBytes(StandardCharsets.UTF_8);

        send(Encoding.OTLP_PROTO, cut);
        send(Encoding.OTLP_JSON, notJson);

        assertThat(maker.extractOutputValues()).isEmpty();
        assertThat(deadLetters())
                .extracting(DeadLetter::reason)
                .containsExactly(
                        DeadLetter.Reason.MALFORMED_PROTOBUF, DeadLetter.Reason.MALFORMED_JSON);
        assertThat(deadLetters()).extracting(DeadLetter::payload).containsExactly(cut, notJson);
        assertThat(deadLetters()).extracting(DeadLetter::origin).containsOnly(ORIGIN);
        assertThat(metrics.sum("reason.malformed_protobuf.dead_letters")).isEqualTo(1);
        assertThat(metrics.sum("reason.malformed_json.dead_letters")).isEqualTo(1);
        assertThat(metrics.sum("requests_in")).isEqualTo(2);
        assertThat(metrics.sum("spans_in")).isZero();
    }

    @Test
    void sendsSoManyDeadLettersOfARecordAndCountsAll() throws Exception {
        List<Span> spans = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            spans.add(Requests.span(new TraceId(0, 0), i + 1).build());
        }
        spans.add(Requests.span(ONE, 1).build());

        send(Encoding.OTLP_PROTO, Requests.of(spans.toArray(Span[]::new)).toByteArray());
        send(Encoding.OTLP_PROTO, Requests.of(spans.get(0)).toByteArray());

        assertThat(maker.extractOutputValues()).hasSize(1);
        assertThat(deadLetters())
                .hasSize(DeadLetter.MOST_PER_RECORD + 1)
                .allSatisfy(
                        letter -> {
                            assertThat(letter.reason()).isEqualTo(DeadLetter.Reason.ZERO_TRACE_ID);
                            assertThat(letter.origin()).isEqualTo(ORIGIN);
                            assertThat(letter.truncated()).isFalse();
                        });
        assertThat(deadLetters().get(0).payload()).isEqualTo(spans.get(0).toByteArray());
        assertThat(metrics.sum("reason.zero_trace_id.dead_letters")).isEqualTo(151);
        assertThat(metrics.sum("spans_in")).isEqualTo(1);
    }

    @Test
    void handsOnWhatTheSourceRejected() throws Exception {
        DeadLetter rejected =
                DeadLetter.of(DeadLetter.Reason.EMPTY_RECORD, "nothing", ORIGIN, new byte[0]);

        maker.processElement(
                new StreamRecord<>(
                        new SpanRequest(
                                ORIGIN,
                                7_000,
                                Encoding.OTLP_PROTO,
                                Requests.of(Requests.span(ONE, 1).build()).toByteArray(),
                                List.of(rejected))));

        assertThat(deadLetters()).containsExactly(rejected);
        assertThat(maker.extractOutputValues()).hasSize(1);
        assertThat(metrics.sum("reason.empty_record.dead_letters")).isEqualTo(1);
    }

    private void send(Encoding encoding, byte[] payload) throws Exception {
        maker.processElement(new StreamRecord<>(new SpanRequest(ORIGIN, 7_000, encoding, payload)));
    }

    private List<TraceChunk> take() {
        List<TraceChunk> chunks = List.copyOf(maker.extractOutputValues());
        maker.getOutput().clear();
        return chunks;
    }

    private List<DeadLetter> deadLetters() {
        var letters = maker.getSideOutput(RequestReader.DEAD_LETTERS);
        return letters == null ? List.of() : letters.stream().map(StreamRecord::getValue).toList();
    }
}
