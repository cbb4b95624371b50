package io.tailrace.operators.pairing;

import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import io.tailrace.operators.serialization.ValueSerializer;
import io.tailrace.operators.serialization.ValueSerializerSnapshot;

import java.io.IOException;

/** The components in their order. */
public final class SpanSideSerializer extends ValueSerializer<SpanSide> {

    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(SpanSide value, DataOutputView out) throws IOException {
        SideFormat.write(value, out);
    }

    @Override
    public SpanSide deserialize(DataInputView in) throws IOException {
        return SideFormat.read(in);
    }

    @Override
    public TypeSerializerSnapshot<SpanSide> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Version 1. */
    public static final class Snapshot extends ValueSerializerSnapshot<SpanSide> {
        public Snapshot() {
            super(1, version -> new SpanSideSerializer());
        }
    }
}
