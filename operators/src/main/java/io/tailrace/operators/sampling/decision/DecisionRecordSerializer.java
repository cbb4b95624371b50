package io.tailrace.operators.sampling.decision;

import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import io.tailrace.operators.serialization.EnumCodes;
import io.tailrace.operators.serialization.Primitives;
import io.tailrace.operators.serialization.ValueSerializer;
import io.tailrace.operators.serialization.ValueSerializerSnapshot;
import io.tailrace.operators.span.TraceId;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Small, for one is kept of each trace: enums by number, the winner by its place among the votes,
 * ends of time as what they are after its beginning, and what may be missing under a flag.
 */
public final class DecisionRecordSerializer extends ValueSerializer<DecisionRecord> {

    private static final long serialVersionUID = 1L;
    private static final int NEWEST = 3;

    private static final EnumCodes<Verdict> VERDICTS =
            new EnumCodes<>(
                    Verdict.class, List.of(Verdict.SAMPLED, Verdict.NOT_SAMPLED, Verdict.DROPPED));
    private static final EnumCodes<Vote> VOTES =
            new EnumCodes<>(
                    Vote.class,
                    List.of(
                            Vote.SAMPLED,
                            Vote.NOT_SAMPLED,
                            Vote.DROPPED,
                            Vote.ERROR,
                            Vote.OPEN,
                            Vote.NOT_ASKED));
    private static final EnumCodes<Trigger> TRIGGERS =
            new EnumCodes<>(
                    Trigger.class,
                    List.of(
                            Trigger.DEADLINE,
                            Trigger.ROOT,
                            Trigger.EAGER,
                            Trigger.SPAN_LIMIT,
                            Trigger.BYTE_LIMIT,
                            Trigger.END_OF_INPUT,
                            Trigger.LATE));

    private static final int COMPLETE = 1;
    private static final int THRESHOLD = 2;
    private static final int ADJUSTED_COUNT = 4;

    /** The winner is one of those that voted, as it is unless policies are asked in other ways. */
    private static final int VOTED = 8;

    private final int version;

    public DecisionRecordSerializer() {
        this(NEWEST);
    }

    /**
     * @param version of what is read; what is written is always the newest
     */
    public DecisionRecordSerializer(int version) {
        this.version = version;
    }

    @Override
    public void serialize(DecisionRecord record, DataOutputView out) throws IOException {
        Decision decision = record.decision();
        int winner = new ArrayList<>(decision.votes().keySet()).indexOf(decision.policy());
        out.writeByte(flags(record, winner));
        out.writeLong(record.traceId().high());
        out.writeLong(record.traceId().low());
        out.writeByte(VERDICTS.code(decision.verdict()));
        out.writeByte(TRIGGERS.code(record.trigger()));
        Primitives.writeSize(decision.votes().size(), out);
        for (Map.Entry<String, Vote> vote : decision.votes().entrySet()) {
            Primitives.writeText(vote.getKey(), out);
            out.writeByte(VOTES.code(vote.getValue()));
        }
        if (winner >= 0) {
            Primitives.writeSize(winner, out);
        } else {
            Primitives.writeText(decision.policy(), out);
        }
        Primitives.writeText(decision.subPolicy(), out);
        Primitives.writeSize(record.spans(), out);
        Primitives.writeLong(record.bytes(), out);
        out.writeLong(record.startUnixNano());
        Primitives.writeLong(record.endUnixNano() - record.startUnixNano(), out);
        Primitives.writeText(record.rootService(), out);
        Primitives.writeText(record.rootName(), out);
        out.writeLong(record.firstSeen());
        Primitives.writeLong(record.decided() - record.firstSeen(), out);
        Primitives.writeSize(record.lateSpans(), out);
        if (decision.threshold() != null) {
            out.writeLong(decision.threshold());
        }
        if (record.adjustedCount() != null) {
            out.writeDouble(record.adjustedCount());
        }
    }

    private static int flags(DecisionRecord record, int winner) {
        return (record.complete() ? COMPLETE : 0)
                | (record.decision().threshold() != null ? THRESHOLD : 0)
                | (record.adjustedCount() != null ? ADJUSTED_COUNT : 0)
                | (winner >= 0 ? VOTED : 0);
    }

    @Override
    public DecisionRecord deserialize(DataInputView in) throws IOException {
        if (version < 3) {
            return DecisionRecordsBefore3.read(version, in);
        }
        int flags = in.readByte();
        TraceId traceId = new TraceId(in.readLong(), in.readLong());
        Verdict verdict = VERDICTS.of(in.readByte());
        Trigger trigger = TRIGGERS.of(in.readByte());
        Map<String, Vote> votes = new LinkedHashMap<>();
        for (int rest = Primitives.readSize(in); rest > 0; rest--) {
            votes.put(Primitives.readText(in), VOTES.of(in.readByte()));
        }
        String policy =
                (flags & VOTED) != 0
                        ? new ArrayList<>(votes.keySet()).get(Primitives.readSize(in))
                        : Primitives.readText(in);
        String subPolicy = Primitives.readText(in);
        int spans = Primitives.readSize(in);
        long bytes = Primitives.readLong(in);
        long start = in.readLong();
        long end = start + Primitives.readLong(in);
        String rootService = Primitives.readText(in);
        String rootName = Primitives.readText(in);
        long firstSeen = in.readLong();
        long decided = firstSeen + Primitives.readLong(in);
        int lateSpans = Primitives.readSize(in);
        Long threshold = (flags & THRESHOLD) != 0 ? in.readLong() : null;
        Double adjustedCount = (flags & ADJUSTED_COUNT) != 0 ? in.readDouble() : null;
        return new DecisionRecord(
                traceId,
                new Decision(
                        verdict, policy, subPolicy, Collections.unmodifiableMap(votes), threshold),
                trigger,
                spans,
                bytes,
                start,
                end,
                rootService,
                rootName,
                firstSeen,
                decided,
                lateSpans,
                adjustedCount,
                (flags & COMPLETE) != 0);
    }

    @Override
    public TypeSerializerSnapshot<DecisionRecord> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Version 3. */
    public static final class Snapshot extends ValueSerializerSnapshot<DecisionRecord> {
        public Snapshot() {
            super(NEWEST, DecisionRecordSerializer::new);
        }
    }
}
