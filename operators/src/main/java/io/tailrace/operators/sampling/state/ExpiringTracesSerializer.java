package io.tailrace.operators.sampling.state;

import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import io.tailrace.operators.serialization.Primitives;
import io.tailrace.operators.serialization.ValueSerializer;
import io.tailrace.operators.serialization.ValueSerializerSnapshot;
import io.tailrace.operators.span.TraceId;

import java.io.IOException;

/** The writer, then of either list its size and the sixteen bytes of each id. */
public final class ExpiringTracesSerializer extends ValueSerializer<ExpiringTraces> {

    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(ExpiringTraces traces, DataOutputView out) throws IOException {
        out.writeLong(traces.writer());
        write(traces.ids(), out);
        write(traces.toRead(), out);
    }

    private static void write(PackedIds ids, DataOutputView out) throws IOException {
        Primitives.writeSize(ids.size(), out);
        for (int i = 0; i < ids.size(); i++) {
            TraceId id = ids.get(i);
            out.writeLong(id.high());
            out.writeLong(id.low());
        }
    }

    @Override
    public ExpiringTraces deserialize(DataInputView in) throws IOException {
        return new ExpiringTraces(in.readLong(), read(in), read(in));
    }

    private static PackedIds read(DataInputView in) throws IOException {
        int size = Primitives.readSize(in);
        PackedIds ids = PackedIds.ofSize(size);
        for (int i = 0; i < size; i++) {
            ids.add(new TraceId(in.readLong(), in.readLong()));
        }
        return ids;
    }

    @Override
    public TypeSerializerSnapshot<ExpiringTraces> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Version 1. */
    public static final class Snapshot extends ValueSerializerSnapshot<ExpiringTraces> {
        public Snapshot() {
            super(1, version -> new ExpiringTracesSerializer());
        }
    }
}
