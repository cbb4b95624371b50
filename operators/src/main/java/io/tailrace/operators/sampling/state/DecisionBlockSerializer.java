package io.tailrace.operators.sampling.state;

import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import io.tailrace.operators.serialization.Primitives;
import io.tailrace.operators.serialization.ValueSerializer;
import io.tailrace.operators.serialization.ValueSerializerSnapshot;

import java.io.IOException;

/**
 * The version of the format of decided traces, then the bytes. So a new format of those is none of
 * blocks: each stays as it was written until it expires.
 */
public final class DecisionBlockSerializer extends ValueSerializer<DecisionBlock> {

    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(DecisionBlock block, DataOutputView out) throws IOException {
        Primitives.writeSize(block.version(), out);
        Primitives.writeBytes(block.bytes(), out);
    }

    @Override
    public DecisionBlock deserialize(DataInputView in) throws IOException {
        return new DecisionBlock(Primitives.readSize(in), Primitives.readBytes(in));
    }

    @Override
    public TypeSerializerSnapshot<DecisionBlock> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Version 1. */
    public static final class Snapshot extends ValueSerializerSnapshot<DecisionBlock> {
        public Snapshot() {
            super(1, version -> new DecisionBlockSerializer());
        }
    }
}
