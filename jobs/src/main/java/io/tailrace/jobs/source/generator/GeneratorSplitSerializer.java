package io.tailrace.jobs.source.generator;

import org.apache.flink.core.io.SimpleVersionedSerializer;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Version 1: next, stride and start, eight bytes each. */
final class GeneratorSplitSerializer implements SimpleVersionedSerializer<GeneratorSplit> {

    private static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(GeneratorSplit split) {
        return ByteBuffer.allocate(3 * Long.BYTES)
                .putLong(split.next())
                .putLong(split.stride())
                .putLong(split.startMillis())
                .array();
    }

    @Override
    public GeneratorSplit deserialize(int version, byte[] bytes) throws IOException {
        if (version != VERSION) {
            throw new IOException("A generator's split of unknown version " + version);
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        return new GeneratorSplit(in.getLong(), in.getLong(), in.getLong());
    }
}
