package io.tailrace.operators.pairing.waiting;

import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import io.tailrace.operators.serialization.Primitives;
import io.tailrace.operators.serialization.ValueSerializer;
import io.tailrace.operators.serialization.ValueSerializerSnapshot;

import java.io.IOException;

/** The bytes as they are. */
public final class SideBlockSerializer extends ValueSerializer<SideBlock> {

    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(SideBlock block, DataOutputView out) throws IOException {
        Primitives.writeSize(block.length(), out);
        out.write(block.array(), 0, block.length());
    }

    @Override
    public SideBlock deserialize(DataInputView in) throws IOException {
        return new SideBlock(Primitives.readBytes(in));
    }

    @Override
    public TypeSerializerSnapshot<SideBlock> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Version 2; of version 1 each side has a payload of its own. */
    public static final class Snapshot extends ValueSerializerSnapshot<SideBlock> {
        public Snapshot() {
            super(2, version -> new SideBlockSerializer());
        }
    }
}
