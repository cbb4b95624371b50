package io.tailrace.operators.pairing;

import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import io.tailrace.operators.serialization.Primitives;
import io.tailrace.operators.serialization.ValueSerializer;
import io.tailrace.operators.serialization.ValueSerializerSnapshot;

import java.io.IOException;

/** The components in their order. */
public final class WaitingTraceSerializer extends ValueSerializer<WaitingTrace> {

    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(WaitingTrace value, DataOutputView out) throws IOException {
        Primitives.writeSize(value.sides(), out);
        out.writeLong(value.timer());
    }

    @Override
    public WaitingTrace deserialize(DataInputView in) throws IOException {
        return new WaitingTrace(Primitives.readSize(in), in.readLong());
    }

    @Override
    public TypeSerializerSnapshot<WaitingTrace> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Version 1. */
    public static final class Snapshot extends ValueSerializerSnapshot<WaitingTrace> {
        public Snapshot() {
            super(1, version -> new WaitingTraceSerializer());
        }
    }
}
