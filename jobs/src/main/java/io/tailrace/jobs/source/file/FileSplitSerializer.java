package io.tailrace.jobs.source.file;

import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

import io.tailrace.operators.serialization.Primitives;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Version 1: the files' number and paths, then file, records and arrival. */
final class FileSplitSerializer implements SimpleVersionedSerializer<FileSplit> {

    private static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(FileSplit split) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(256);
        Primitives.writeSize(split.files().size(), out);
        for (String file : split.files()) {
            Primitives.writeText(file, out);
        }
        out.writeInt(split.file());
        out.writeLong(split.records());
        out.writeLong(split.arrival());
        return out.getCopyOfBuffer();
    }

    @Override
    public FileSplit deserialize(int version, byte[] bytes) throws IOException {
        if (version != VERSION) {
            throw new IOException("A split of files of unknown version " + version);
        }
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        int count = Primitives.readSize(in);
        List<String> files = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            files.add(Primitives.readText(in));
        }
        return new FileSplit(List.copyOf(files), in.readInt(), in.readLong(), in.readLong());
    }
}
