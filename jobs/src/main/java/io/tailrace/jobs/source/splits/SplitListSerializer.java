package io.tailrace.jobs.source.splits;

import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

import io.tailrace.operators.serialization.Primitives;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a list of splits, as {@link FixedSplitsEnumerator} checkpoints it. Version 1: the version
 * of the splits' serializer (four bytes), their number, then each split's bytes behind their size.
 */
public final class SplitListSerializer<S> implements SimpleVersionedSerializer<List<S>> {

    private static final int VERSION = 1;

    private final SimpleVersionedSerializer<S> splits;

    public SplitListSerializer(SimpleVersionedSerializer<S> splits) {
        this.splits = splits;
    }

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(List<S> list) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(256);
        out.writeInt(splits.getVersion());
        Primitives.writeSize(list.size(), out);
        for (S split : list) {
            Primitives.writeBytes(splits.serialize(split), out);
        }
        return out.getCopyOfBuffer();
    }

    @Override
    public List<S> deserialize(int version, byte[] bytes) throws IOException {
        if (version != VERSION) {
            throw new IOException("A list of splits of unknown version " + version);
        }
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        int splitVersion = in.readInt();
        int count = Primitives.readSize(in);
        List<S> list = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            list.add(splits.deserialize(splitVersion, Primitives.readBytes(in)));
        }
        return list;
    }
}
