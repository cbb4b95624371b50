package io.tailrace.operators.serialization;

import io.tailrace.operators.input.DeadLetter;
import io.tailrace.operators.input.DeadLetterSerializer;
import io.tailrace.operators.input.Encoding;
import io.tailrace.operators.input.Origin;
import io.tailrace.operators.input.SpanRequest;
import io.tailrace.operators.input.SpanRequestSerializer;
import io.tailrace.operators.sampling.Chunks;
import io.tailrace.operators.sampling.KeptSpans;
import io.tailrace.operators.sampling.KeptSpansSerializer;
import io.tailrace.operators.sampling.TraceChunk;
import io.tailrace.operators.sampling.TraceChunkSerializer;
import io.tailrace.operators.sampling.decision.Decision;
import io.tailrace.operators.sampling.decision.DecisionRecord;
import io.tailrace.operators.sampling.decision.DecisionRecordSerializer;
import io.tailrace.operators.sampling.decision.Trigger;
import io.tailrace.operators.sampling.decision.Verdict;
import io.tailrace.operators.sampling.decision.Vote;
import io.tailrace.operators.sampling.policy.NamedPolicy;
import io.tailrace.operators.sampling.policy.StatusCode;
import io.tailrace.operators.sampling.state.DecidedTrace;
import io.tailrace.operators.sampling.state.DecidedTraceSerializer;
import io.tailrace.operators.sampling.state.OpenTrace;
import io.tailrace.operators.sampling.state.OpenTraceSerializer;
import io.tailrace.operators.span.Requests;
import io.tailrace.operators.span.TraceId;
import io.tailrace.operators.span.TraceIdSerializer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Every serializer of the module with values from one end of each component to the other. */
final class SerializerSamples {

    private static final TraceId TRACE = new TraceId(0x0102030405060708L, -1);

    /**
     * @param type the values' class
     * @param values what the fixtures hold, in their order
     */
    record Sample<T>(Class<T> type, ValueSerializer<T> serializer, List<T> values) {
        String name() {
            return type.getSimpleName();
        }

        @Override
        public String toString() {
            return name();
        }
    }

    private SerializerSamples() {}

    static Stream<Sample<?>> all() {
        return Stream.of(
                new Sample<>(
                        TraceId.class,
                        new TraceIdSerializer(),
                        List.of(TRACE, new TraceId(0, 1), new TraceId(Long.MIN_VALUE, 0))),
                new Sample<>(TraceChunk.class, new TraceChunkSerializer(), chunks()),
                new Sample<>(
                        OpenTrace.class,
                        new OpenTraceSerializer(),
                        List.of(
                                OpenTrace.empty(false),
                                OpenTrace.empty(true),
                                new OpenTrace(1, 2, 3, Integer.MAX_VALUE, Long.MAX_VALUE, true))),
                new Sample<>(
                        DecidedTrace.class,
                        new DecidedTraceSerializer(),
                        records().stream().map(each -> new DecidedTrace(each, 77)).toList()),
                new Sample<>(
                        KeptSpans.class,
                        new KeptSpansSerializer(),
                        List.of(
                                new KeptSpans(TRACE, 1, new byte[0]),
                                new KeptSpans(TRACE, Integer.MAX_VALUE, bytes(300)))),
                new Sample<>(DecisionRecord.class, new DecisionRecordSerializer(), records()),
                new Sample<>(DeadLetter.class, new DeadLetterSerializer(), deadLetters()),
                new Sample<>(
                        SpanRequest.class,
                        new SpanRequestSerializer(),
                        List.of(
                                new SpanRequest(
                                        new Origin("spans", 3, 1L << 40),
                                        -1,
                                        Encoding.OTLP_PROTO,
                                        bytes(200)),
                                new SpanRequest(
                                        Origin.ofFile("é.json", 1),
                                        Long.MAX_VALUE,
                                        Encoding.OTLP_JSON,
                                        new byte[0],
                                        deadLetters()))));
    }

    private static List<TraceChunk> chunks() {
        Chunks chunks =
                new Chunks(
                        List.of(
                                new NamedPolicy(
                                        "any", new StatusCode(List.of(StatusCode.Code.UNSET)))));
        return List.of(
                chunks.of(
                                Requests.of(
                                        Requests.span(TRACE, 1)
                                                .setName("GET /订单")
                                                .setStartTimeUnixNano(1)
                                                .setEndTimeUnixNano(-1)
                                                .build()),
                                123)
                        .get(0),
                new Chunks(List.of())
                        .of(Requests.of(Requests.child(TRACE, 1).build()), Long.MIN_VALUE)
                        .get(0));
    }

    private static List<DecisionRecord> records() {
        Map<String, Vote> votes = new LinkedHashMap<>();
        votes.put("z", Vote.NOT_SAMPLED);
        votes.put("a", Vote.SAMPLED);
        return List.of(
                new DecisionRecord(
                        TRACE,
                        new Decision(Verdict.SAMPLED, "a", votes),
                        Trigger.LATE,
                        300,
                        1L << 33,
                        1,
                        -1,
                        "shop",
                        "GET /订单",
                        4,
                        5,
                        200),
                new DecisionRecord(
                        TRACE,
                        new Decision(Verdict.NOT_SAMPLED, null, Map.of()),
                        Trigger.END_OF_INPUT,
                        1,
                        0,
                        0,
                        0,
                        null,
                        null,
                        -1,
                        Long.MAX_VALUE,
                        0));
    }

    private static List<DeadLetter> deadLetters() {
        return List.of(
                new DeadLetter(
                        DeadLetter.Reason.ZERO_SPAN_ID,
                        "é",
                        new Origin("spans", 0, 0L),
                        bytes(3),
                        1L << 34),
                new DeadLetter(DeadLetter.Reason.SPAN_TOO_LARGE, "", Origin.NONE, new byte[0], 0));
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (i * 7);
        }
        return bytes;
    }
}
