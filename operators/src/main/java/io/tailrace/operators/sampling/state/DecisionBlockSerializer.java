package io.tailrace.operators.sampling.state;

import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import io.tailrace.operators.serialization.Primitives;
import io.tailrace.operators.serialization.ValueSerializer;
import io.tailrace.operators.serialization.ValueSerializerSnapshot;
import net.jpountz.lz4.LZ4Factory;

import java.io.IOException;

/**
 * The version of the format of decided traces, then their size and the bytes, compressed. So a new
 * format of those is none of blocks: each stays as it was written until it expires.
 */
public final class DecisionBlockSerializer extends ValueSerializer<DecisionBlock> {

    private static final long serialVersionUID = 1L;
    private static final LZ4Factory LZ4 = LZ4Factory.fastestInstance();

    @Override
    public void serialize(DecisionBlock block, DataOutputView out) throws IOException {
        Primitives.writeSize(block.version(), out);
        byte[] bytes = block.bytes();
        Primitives.writeSize(bytes.length, out);
        Primitives.writeBytes(LZ4.fastCompressor().compress(bytes), out);
    }

    @Override
    public DecisionBlock deserialize(DataInputView in) throws IOException {
        int version = Primitives.readSize(in);
        byte[] bytes = new byte[Primitives.readSize(in)];
        LZ4.safeDecompressor().decompress(Primitives.readBytes(in), bytes);
        return new DecisionBlock(version, bytes);
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
