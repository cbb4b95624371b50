package io.tailrace.bench.measure;

import org.apache.flink.core.io.SimpleVersionedSerializer;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Version 1: lane (four bytes), next (eight). */
final class LaneSplitSerializer implements SimpleVersionedSerializer<LaneSplit> {

    private static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(LaneSplit split) {
        return ByteBuffer.allocate(Integer.BYTES + Long.BYTES)
                .putInt(split.lane())
                .putLong(split.next())
                .array();
    }

    @Override
    public LaneSplit deserialize(int version, byte[] bytes) throws IOException {
        if (version != VERSION) {
            throw new IOException("A lane's split of unknown version " + version);
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        return new LaneSplit(in.getInt(), in.getLong());
    }
}
