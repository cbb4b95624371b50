package io.tailrace.operators.sampling.state;

import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import io.tailrace.operators.sampling.evidence.EvidenceFormat;
import io.tailrace.operators.serialization.ValueSerializer;
import io.tailrace.operators.serialization.ValueSerializerSnapshot;

import java.io.IOException;

/** The components in their order; before version 2 nothing was gathered. */
public final class OpenTraceSerializer extends ValueSerializer<OpenTrace> {

    private static final long serialVersionUID = 1L;
    private static final int NEWEST = 2;

    private final int version;

    public OpenTraceSerializer() {
        this(NEWEST);
    }

    private OpenTraceSerializer(int version) {
        this.version = version;
    }

    @Override
    public void serialize(OpenTrace trace, DataOutputView out) throws IOException {
        out.writeLong(trace.firstSeen());
        out.writeLong(trace.rootArrival());
        out.writeLong(trace.deadline());
        out.writeInt(trace.spans());
        out.writeLong(trace.bytes());
        out.writeBoolean(trace.reopened());
        Gathered gathered = trace.gathered();
        out.writeBoolean(gathered != null);
        if (gathered != null) {
            EvidenceFormat.write(gathered.evidence(), out);
            out.writeLong(gathered.fingerprint());
            out.writeLong(gathered.latest());
            out.writeBoolean(gathered.settled());
        }
    }

    @Override
    public OpenTrace deserialize(DataInputView in) throws IOException {
        return new OpenTrace(
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readInt(),
                in.readLong(),
                in.readBoolean(),
                version > 1 && in.readBoolean() ? gathered(in) : null);
    }

    private static Gathered gathered(DataInputView in) throws IOException {
        return new Gathered(
                EvidenceFormat.read(in), in.readLong(), in.readLong(), in.readBoolean());
    }

    @Override
    public TypeSerializerSnapshot<OpenTrace> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Version 2. */
    public static final class Snapshot extends ValueSerializerSnapshot<OpenTrace> {
        public Snapshot() {
            super(NEWEST, OpenTraceSerializer::new);
        }
    }
}
