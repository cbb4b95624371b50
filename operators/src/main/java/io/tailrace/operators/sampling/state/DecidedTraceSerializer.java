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

/**
 * The record in the same version of its own format, and the times as what they are after the
 * decision. Before version 3 the time of expiry came first, and times were written in full; what
 * was new in 2 came last.
 */
public final class DecidedTraceSerializer extends ValueSerializer<DecidedTrace> {

    private static final long serialVersionUID = 1L;
    static final int NEWEST = 3;

    private final int version;
    private final DecisionRecordSerializer records;

    public DecidedTraceSerializer() {
        this(NEWEST);
    }

    /**
     * @param version of what is read; what is written is always the newest
     */
    DecidedTraceSerializer(int version) {
        this.version = version;
        this.records = new DecisionRecordSerializer(version);
    }

    @Override
    public void serialize(DecidedTrace trace, DataOutputView out) throws IOException {
        long decided = trace.record().decided();
        records.serialize(trace.record(), out);
        Primitives.writeLong(trace.expires() - decided, out);
        Primitives.writeLong(trace.deadline() - decided, out);
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
        if (version < 3) {
            return before3(in);
        }
        DecisionRecord record = records.deserialize(in);
        long expires = record.decided() + Primitives.readLong(in);
        return rest(record, expires, record.decided() + Primitives.readLong(in), in);
    }

    private DecidedTrace before3(DataInputView in) throws IOException {
        long expires = in.readLong();
        DecisionRecord record = records.deserialize(in);
        if (version == 1) {
            int kept = record.sampled() ? record.spans() : 0;
            return new DecidedTrace(record, expires, record.decided(), kept, null, 0, false);
        }
        return rest(record, expires, in.readLong(), in);
    }

    private static DecidedTrace rest(
            DecisionRecord record, long expires, long deadline, DataInputView in)
            throws IOException {
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

    /** Version 3. */
    public static final class Snapshot extends ValueSerializerSnapshot<DecidedTrace> {
        public Snapshot() {
            super(NEWEST, DecidedTraceSerializer::new);
        }
    }
}
