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

/** The components in their order, enums by name. */
public final class DecisionRecordSerializer extends ValueSerializer<DecisionRecord> {

    private static final long serialVersionUID = 1L;

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
        return new DecisionRecord(
                traceId,
                new Decision(verdict, policy, Collections.unmodifiableMap(votes)),
                Trigger.valueOf(Primitives.readText(in)),
                Primitives.readSize(in),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                Primitives.readText(in),
                Primitives.readText(in),
                in.readLong(),
                in.readLong(),
                Primitives.readSize(in));
    }

    @Override
    public TypeSerializerSnapshot<DecisionRecord> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Version 1. */
    public static final class Snapshot extends ValueSerializerSnapshot<DecisionRecord> {
        public Snapshot() {
            super(1, version -> new DecisionRecordSerializer());
        }
    }
}
