package io.tailrace.operators.sampling.state;

import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import io.tailrace.operators.serialization.ValueSerializer;
import io.tailrace.operators.serialization.ValueSerializerSnapshot;

import java.io.IOException;

/** The components in their order. */
public final class OpenTraceSerializer extends ValueSerializer<OpenTrace> {

    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(OpenTrace trace, DataOutputView out) throws IOException {
        out.writeLong(trace.firstSeen());
        out.writeLong(trace.rootArrival());
        out.writeLong(trace.deadline());
        out.writeInt(trace.spans());
        out.writeLong(trace.bytes());
        out.writeBoolean(trace.reopened());
    }

    @Override
    public OpenTrace deserialize(DataInputView in) throws IOException {
        return new OpenTrace(
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readInt(),
                in.readLong(),
                in.readBoolean());
    }

    @Override
    public TypeSerializerSnapshot<OpenTrace> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Version 1. */
    public static final class Snapshot extends ValueSerializerSnapshot<OpenTrace> {
        public Snapshot() {
            super(1, version -> new OpenTraceSerializer());
        }
    }
}
