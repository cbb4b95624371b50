package io.tailrace.operators.span;

import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import io.tailrace.operators.serialization.ValueSerializer;
import io.tailrace.operators.serialization.ValueSerializerSnapshot;

import java.io.IOException;

/** The sixteen bytes as they are. */
public final class TraceIdSerializer extends ValueSerializer<TraceId> {

    private static final long serialVersionUID = 1L;

    @Override
    public int getLength() {
        return 2 * Long.BYTES;
    }

    @Override
    public void serialize(TraceId id, DataOutputView out) throws IOException {
        out.writeLong(id.high());
        out.writeLong(id.low());
    }

    @Override
    public TraceId deserialize(DataInputView in) throws IOException {
        return new TraceId(in.readLong(), in.readLong());
    }

    @Override
    public TypeSerializerSnapshot<TraceId> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Version 1. */
    public static final class Snapshot extends ValueSerializerSnapshot<TraceId> {
        public Snapshot() {
            super(1, version -> new TraceIdSerializer());
        }
    }
}
