package io.tailrace.operators.sampling.state;

import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import io.tailrace.operators.sampling.decision.DecisionRecord;
import io.tailrace.operators.sampling.decision.DecisionRecordSerializer;
import io.tailrace.operators.sampling.evidence.EvidenceFormat;
import io.tailrace.operators.serialization.Primitives;
import io.tailrace.operators.serialization.ValueSerializer;
import io.tailrace.operators.serialization.ValueSerializerSnapshot;

import java.io.IOException;

/** The time of expiry, the record in the same version of its own format, then what is new in 2. */
public final class DecidedTraceSerializer extends ValueSerializer<DecidedTrace> {

    private static final long serialVersionUID = 1L;
    private static final int NEWEST = 2;

    private final int version;
    private final DecisionRecordSerializer records;

    public DecidedTraceSerializer() {
        this(NEWEST);
    }

    private DecidedTraceSerializer(int version) {
        this.version = version;
        this.records = new DecisionRecordSerializer(version);
    }

    @Override
    public void serialize(DecidedTrace trace, DataOutputView out) throws IOException {
        out.writeLong(trace.expires());
        records.serialize(trace.record(), out);
        out.writeLong(trace.deadline());
        Primitives.writeSize(trace.keptSpans(), out);
        out.writeBoolean(trace.told());
        out.writeBoolean(trace.whole() != null);
        if (trace.whole() != null) {
            EvidenceFormat.write(trace.whole(), out);
            out.writeLong(trace.fingerprint());
        }
    }

    @Override
    public DecidedTrace deserialize(DataInputView in) throws IOException {
        long expires = in.readLong();
        DecisionRecord record = records.deserialize(in);
        if (version == 1) {
            int kept = record.sampled() ? record.spans() : 0;
            return new DecidedTrace(record, expires, record.decided(), kept, null, 0, false);
        }
        long deadline = in.readLong();
        int kept = Primitives.readSize(in);
        boolean told = in.readBoolean();
        boolean whole = in.readBoolean();
        return new DecidedTrace(
                record,
                expires,
                deadline,
                kept,
                whole ? EvidenceFormat.read(in) : null,
                whole ? in.readLong() : 0,
                told);
    }

    @Override
    public TypeSerializerSnapshot<DecidedTrace> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Version 2. */
    public static final class Snapshot extends ValueSerializerSnapshot<DecidedTrace> {
        public Snapshot() {
            super(NEWEST, DecidedTraceSerializer::new);
        }
    }
}
