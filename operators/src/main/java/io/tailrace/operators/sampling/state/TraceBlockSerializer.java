package io.tailrace.operators.sampling.state;

import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import io.tailrace.operators.serialization.Primitives;
import io.tailrace.operators.serialization.ValueSerializer;
import io.tailrace.operators.serialization.ValueSerializerSnapshot;

import java.io.IOException;

/** The bytes, most of which are compressed already. */
public final class TraceBlockSerializer extends ValueSerializer<TraceBlock> {

    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(TraceBlock block, DataOutputView out) throws IOException {
        Primitives.writeBytes(block.bytes(), out);
    }

    @Override
    public TraceBlock deserialize(DataInputView in) throws IOException {
        return new TraceBlock(Primitives.readBytes(in));
    }

    @Override
    public TypeSerializerSnapshot<TraceBlock> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Version 1. */
    public static final class Snapshot extends ValueSerializerSnapshot<TraceBlock> {
        public Snapshot() {
            super(1, version -> new TraceBlockSerializer());
        }
    }
}
