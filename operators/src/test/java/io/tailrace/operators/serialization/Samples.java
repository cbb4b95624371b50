package io.tailrace.operators.serialization;

import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

import io.tailrace.operators.input.DeadLetter;
import io.tailrace.operators.input.DeadLetterSerializer;
import io.tailrace.operators.input.Encoding;
import io.tailrace.operators.input.Origin;
import io.tailrace.operators.input.SpanRequest;
import io.tailrace.operators.input.SpanRequestSerializer;
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
import io.tailrace.operators.sampling.evidence.Evidence;
import io.tailrace.operators.sampling.evidence.EvidenceFormat;
import io.tailrace.operators.sampling.limit.BucketShare;
import io.tailrace.operators.sampling.limit.BucketShareSerializer;
import io.tailrace.operators.sampling.state.DecidedTrace;
import io.tailrace.operators.sampling.state.DecidedTraceSerializer;
import io.tailrace.operators.sampling.state.DecisionBlock;
import io.tailrace.operators.sampling.state.DecisionBlockSerializer;
import io.tailrace.operators.sampling.state.DecisionBlocks;
import io.tailrace.operators.sampling.state.Gathered;
import io.tailrace.operators.sampling.state.OpenTrace;
import io.tailrace.operators.sampling.state.OpenTraceSerializer;
import io.tailrace.operators.sampling.state.TraceBlock;
import io.tailrace.operators.sampling.state.TraceBlockSerializer;
import io.tailrace.operators.sampling.state.TraceBlocks;
import io.tailrace.operators.span.TraceId;
import io.tailrace.operators.span.TraceIdSerializer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Values of every type that is kept in state or sent between operators, the odd ones included.
 *
 * @param former what the fixtures of the versions before are read as, from version 1 on
 */
record Samples<T>(
        String name,
        Class<T> type,
        ValueSerializer<T> serializer,
        List<T> values,
        List<List<T>> former) {

    private static final long[] NO_IDS = {};
    private static final long[] IDS = {1, -1, Long.MIN_VALUE};

    private static final byte[] BYTES = "some bytes of OTLP".getBytes(StandardCharsets.UTF_8);
    private static final TraceId ID = new TraceId(0x0af7651916cd43ddL, 0x8448eb211c80319cL);
    private static final TraceId EXTREME = new TraceId(Long.MIN_VALUE, -1);
    private static final OpenTrace SMALL = new OpenTrace(-5, -4, -3, 1, 1, true, null);

    Samples(String name, Class<T> type, ValueSerializer<T> serializer, List<T> values) {
        this(name, type, serializer, values, List.of());
    }

    /** What the fixture of a version is read as. */
    List<T> values(int version) {
        return version <= former.size() ? former.get(version - 1) : values;
    }

    static List<Samples<?>> all() {
        return Stream.of(
                        ofSampling(),
                        MetricSamples.all(),
                        KeyedMetricsSamples.all(),
                        DiscoverySamples.all())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Samples<?>> ofSampling() {
        return List.of(
                new Samples<>(
                        "trace-id", TraceId.class, new TraceIdSerializer(), List.of(ID, EXTREME)),
                new Samples<>(
                        "dead-letter",
                        DeadLetter.class,
                        new DeadLetterSerializer(),
                        List.of(
                                letter(new Origin("otlp_spans", 3, 4_000_000_000L)),
                                letter(Origin.ofFile("traces.jsonl", 7)),
                                letter(Origin.NONE))),
                new Samples<>(
                        "span-request",
                        SpanRequest.class,
                        new SpanRequestSerializer(),
                        List.of(
                                new SpanRequest(
                                        new Origin("otlp_spans", 0, 0L),
                                        1_700_000_000_000L,
                                        Encoding.OTLP_PROTO,
                                        BYTES),
                                new SpanRequest(
                                        Origin.ofFile("a", 1),
                                        0,
                                        Encoding.OTLP_JSON,
                                        new byte[0],
                                        List.of(letter(Origin.ofFile("a", 1)))))),
                new Samples<>(
                        "trace-chunk",
                        TraceChunk.class,
                        new TraceChunkSerializer(),
                        List.of(
                                new TraceChunk(
                                        ID, 1_700_000_000_000L, BYTES, evidence(true), -1, IDS),
                                new TraceChunk(EXTREME, 0, new byte[300], sampled(), 17, NO_IDS)),
                        List.of(
                                List.of(
                                        new TraceChunk(
                                                ID,
                                                1_700_000_000_000L,
                                                BYTES,
                                                evidence(true),
                                                -1,
                                                NO_IDS),
                                        new TraceChunk(
                                                EXTREME,
                                                0,
                                                new byte[300],
                                                evidence(false),
                                                17,
                                                NO_IDS)))),
                new Samples<>(
                        "open-trace",
                        OpenTrace.class,
                        new OpenTraceSerializer(),
                        List.of(open(new Gathered(sampled(), 5, 17, true)), SMALL),
                        List.of(List.of(open(null), SMALL))),
                new Samples<>(
                        "decision-record",
                        DecisionRecord.class,
                        new DecisionRecordSerializer(),
                        Stream.concat(
                                        recordsInVersion2().stream(),
                                        Stream.of(Trigger.values()).map(Samples::triggered))
                                .toList(),
                        List.of(
                                List.of(record(Verdict.SAMPLED), record(Verdict.NOT_SAMPLED)),
                                recordsInVersion2())),
                new Samples<>(
                        "decided-trace",
                        DecidedTrace.class,
                        new DecidedTraceSerializer(),
                        List.of(
                                new DecidedTrace(stamped(), 99, 7, 300, null, 0, false),
                                new DecidedTrace(
                                        record(Verdict.DROPPED),
                                        Long.MAX_VALUE,
                                        -7,
                                        0,
                                        sampled(),
                                        -5,
                                        true)),
                        List.of(
                                List.of(
                                        new DecidedTrace(
                                                record(Verdict.SAMPLED), 99, 6, 12, null, 0, false),
                                        new DecidedTrace(
                                                record(Verdict.DROPPED),
                                                Long.MAX_VALUE,
                                                6,
                                                0,
                                                null,
                                                0,
                                                false)))),
                new Samples<>(
                        "trace-block",
                        TraceBlock.class,
                        new TraceBlockSerializer(),
                        List.of(
                                TraceBlocks.of(ID, BYTES, EXTREME),
                                TraceBlocks.of(EXTREME, new byte[300], ID))),
                new Samples<>(
                        "decision-block",
                        DecisionBlock.class,
                        new DecisionBlockSerializer(),
                        List.of(
                                DecisionBlocks.of(
                                        EXTREME,
                                        new DecidedTrace(stamped(), 99, 7, 300, null, 0, false),
                                        new DecidedTrace(
                                                triggered(Trigger.ROOT),
                                                99,
                                                7,
                                                300,
                                                sampled(),
                                                1,
                                                false)),
                                DecisionBlocks.of(ID))),
                new Samples<>(
                        "bucket-share",
                        BucketShare.class,
                        new BucketShareSerializer(),
                        List.of(
                                new BucketShare("cap", -0.5, Long.MIN_VALUE, 1.5, 3),
                                new BucketShare("both/errors", 1e9, 17, 0.25, 1e9))),
                new Samples<>(
                        "kept-spans",
                        KeptSpans.class,
                        new KeptSpansSerializer(),
                        List.of(
                                new KeptSpans(ID, 1, BYTES),
                                new KeptSpans(EXTREME, 100_000, new byte[0]))));
    }

    private static OpenTrace open(Gathered gathered) {
        return new OpenTrace(1, Long.MAX_VALUE, 30_001, 2, 3_000_000_000L, false, gathered);
    }

    private static DeadLetter letter(Origin origin) {
        return DeadLetter.of(DeadLetter.Reason.MALFORMED_JSON, "Not JSON: \u00fc", origin, BYTES);
    }

    private static DecisionRecord record(Verdict verdict) {
        boolean sampled = verdict == Verdict.SAMPLED;
        Map<String, Vote> votes = new LinkedHashMap<>();
        votes.put("slow", Vote.NOT_SAMPLED);
        votes.put("errors", sampled ? Vote.SAMPLED : Vote.NOT_SAMPLED);
        return new DecisionRecord(
                ID,
                new Decision(verdict, sampled ? "errors" : null, null, votes, null),
                sampled ? Trigger.LATE : Trigger.END_OF_INPUT,
                12,
                3_456,
                1_700_000_000_000_000_000L,
                -1,
                sampled ? "cart" : null,
                sampled ? "GET /" : null,
                5,
                6,
                sampled ? 2 : 0,
                null,
                true);
    }

    private static List<DecisionRecord> recordsInVersion2() {
        return List.of(
                record(Verdict.SAMPLED), record(Verdict.NOT_SAMPLED), composite(), stamped());
    }

    /** With times that are far from each other in either direction. */
    private static DecisionRecord triggered(Trigger trigger) {
        return new DecisionRecord(
                EXTREME,
                new Decision(Verdict.DROPPED, "health", null, Map.of("health", Vote.DROPPED), null),
                trigger,
                Integer.MAX_VALUE,
                Long.MAX_VALUE,
                -1,
                1,
                null,
                "",
                Long.MAX_VALUE,
                Long.MIN_VALUE,
                300,
                1e300,
                false);
    }

    private static DecisionRecord composite() {
        Map<String, Vote> votes = new LinkedHashMap<>();
        for (Vote vote : Vote.values()) {
            votes.put(vote.name(), vote);
        }
        return with(new Decision(Verdict.SAMPLED, "both", "errors", votes, null), null, false);
    }

    private static DecisionRecord stamped() {
        return with(
                new Decision(
                        Verdict.SAMPLED, "share", null, Map.of("share", Vote.SAMPLED), 1L << 55),
                2.0,
                true);
    }

    private static DecisionRecord with(Decision decision, Double count, boolean complete) {
        return new DecisionRecord(
                ID, decision, Trigger.EAGER, 1, 2, 3, 4, null, null, 5, 6, 0, count, complete);
    }

    /** With the threshold and the randomness that spans came with. */
    private static Evidence sampled() {
        DataOutputSerializer out = new DataOutputSerializer(64);
        try {
            out.writeByte(12);
            Primitives.writeSize(0, out);
            Primitives.writeSize(1, out);
            out.writeLong(2);
            out.writeLong(1L << 55);
            out.writeLong((1L << 56) - 1);
            return EvidenceFormat.read(new DataInputDeserializer(out.getCopyOfBuffer()));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Written by hand: the format of evidence has no other way in but through spans. */
    private static Evidence evidence(boolean full) {
        DataOutputSerializer out = new DataOutputSerializer(64);
        try {
            out.writeByte(full ? 3 : 0);
            Primitives.writeSize(full ? 2 : 0, out);
            if (full) {
                out.writeLong(5);
                out.writeLong(Long.MIN_VALUE);
            }
            Primitives.writeSize(full ? 300 : 0, out);
            out.writeLong(full ? 18 : 0);
            if (full) {
                out.writeLong(10);
                out.writeLong(20);
                out.writeLong(10);
                out.writeLong(77);
                Primitives.writeText(null, out);
                Primitives.writeText("GET /", out);
            }
            return EvidenceFormat.read(new DataInputDeserializer(out.getCopyOfBuffer()));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
