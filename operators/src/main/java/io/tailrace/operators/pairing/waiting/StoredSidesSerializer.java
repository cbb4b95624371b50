package io.tailrace.operators.pairing.waiting;

import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import io.tailrace.operators.serialization.Primitives;
import io.tailrace.operators.serialization.ValueSerializer;
import io.tailrace.operators.serialization.ValueSerializerSnapshot;
import net.jpountz.lz4.LZ4Factory;

import java.io.IOException;

/** How many bytes there are, then these, compressed. */
public final class StoredSidesSerializer extends ValueSerializer<SideBlock> {

    private static final long serialVersionUID = 1L;
    private static final LZ4Factory LZ4 = LZ4Factory.fastestInstance();

    @Override
    public void serialize(SideBlock block, DataOutputView out) throws IOException {
        Primitives.writeSize(block.length(), out);
        Primitives.writeBytes(LZ4.fastCompressor().compress(block.array(), 0, block.length()), out);
    }

    @Override
    public SideBlock deserialize(DataInputView in) throws IOException {
        byte[] bytes = new byte[Primitives.readSize(in)];
        LZ4.safeDecompressor().decompress(Primitives.readBytes(in), bytes);
        return new SideBlock(bytes);
    }

    @Override
    public TypeSerializerSnapshot<SideBlock> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Version 2; of version 1 each side has a payload of its own. */
    public static final class Snapshot extends ValueSerializerSnapshot<SideBlock> {
        public Snapshot() {
            super(2, version -> new StoredSidesSerializer());
        }
    }
}
