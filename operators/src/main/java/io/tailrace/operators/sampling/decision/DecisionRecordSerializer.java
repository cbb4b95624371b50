package io.tailrace.operators.sampling.decision;

import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import io.tailrace.operators.serialization.Primitives;
import io.tailrace.operators.serialization.ValueSerializer;
import io.tailrace.operators.serialization.ValueSerializerSnapshot;
import io.tailrace.operators.span.TraceId;

import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The components in their order, enums by name; what is new in version 2 follows those of version
 * 1.
 */
public final class DecisionRecordSerializer extends ValueSerializer<DecisionRecord> {

    private static final long serialVersionUID = 1L;
    private static final int NEWEST = 2;

    /** Below any threshold and any count. */
    private static final int NONE = -1;

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
        out.writeLong(record.traceId().high());
        out.writeLong(record.traceId().low());
        Primitives.writeText(record.decision().verdict().name(), out);
        Primitives.writeText(record.decision().policy(), out);
        Map<String, Vote> votes = record.decision().votes();
        Primitives.writeSize(votes.size(), out);
        for (Map.Entry<String, Vote> vote : votes.entrySet()) {
            Primitives.writeText(vote.getKey(), out);
            Primitives.writeText(vote.getValue().name(), out);
        }
        Primitives.writeText(record.trigger().name(), out);
        Primitives.writeSize(record.spans(), out);
        out.writeLong(record.bytes());
        out.writeLong(record.startUnixNano());
        out.writeLong(record.endUnixNano());
        Primitives.writeText(record.rootService(), out);
        Primitives.writeText(record.rootName(), out);
        out.writeLong(record.firstSeen());
        out.writeLong(record.decided());
        Primitives.writeSize(record.lateSpans(), out);
        Primitives.writeText(record.decision().subPolicy(), out);
        Long threshold = record.decision().threshold();
        out.writeLong(threshold == null ? NONE : threshold);
        out.writeDouble(record.adjustedCount() == null ? NONE : record.adjustedCount());
        out.writeBoolean(record.complete());
    }

    @Override
    public DecisionRecord deserialize(DataInputView in) throws IOException {
        TraceId traceId = new TraceId(in.readLong(), in.readLong());
        Verdict verdict = Verdict.valueOf(Primitives.readText(in));
        String policy = Primitives.readText(in);
        Map<String, Vote> votes = new LinkedHashMap<>();
        for (int rest = Primitives.readSize(in); rest > 0; rest--) {
            votes.put(Primitives.readText(in), Vote.valueOf(Primitives.readText(in)));
        }
        Trigger trigger = Trigger.valueOf(Primitives.readText(in));
        int spans = Primitives.readSize(in);
        long bytes = in.readLong();
        long start = in.readLong();
        long end = in.readLong();
        String rootService = Primitives.readText(in);
        String rootName = Primitives.readText(in);
        long firstSeen = in.readLong();
        long decided = in.readLong();
        int lateSpans = Primitives.readSize(in);
        boolean more = version > 1;
        String subPolicy = more ? Primitives.readText(in) : null;
        long threshold = more ? in.readLong() : NONE;
        double adjustedCount = more ? in.readDouble() : NONE;
        return new DecisionRecord(
                traceId,
                new Decision(
                        verdict,
                        policy,
                        subPolicy,
                        Collections.unmodifiableMap(votes),
                        threshold == NONE ? null : threshold),
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
                adjustedCount < 0 ? null : adjustedCount,
                !more || in.readBoolean());
    }

    @Override
    public TypeSerializerSnapshot<DecisionRecord> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Version 2. */
    public static final class Snapshot extends ValueSerializerSnapshot<DecisionRecord> {
        public Snapshot() {
            super(NEWEST, DecisionRecordSerializer::new);
        }
    }
}
