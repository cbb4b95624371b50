package io.tailrace.operators.metrics;

import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import io.tailrace.operators.serialization.ValueSerializer;
import io.tailrace.operators.serialization.ValueSerializerSnapshot;

import java.io.IOException;

/** The components in their order. */
public final class SeriesIdSerializer extends ValueSerializer<SeriesId> {

    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(SeriesId id, DataOutputView out) throws IOException {
        out.writeLong(id.high());
        out.writeLong(id.low());
    }

    @Override
    public SeriesId deserialize(DataInputView in) throws IOException {
        return new SeriesId(in.readLong(), in.readLong());
    }

    @Override
    public TypeSerializerSnapshot<SeriesId> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Version 1. */
    public static final class Snapshot extends ValueSerializerSnapshot<SeriesId> {
        public Snapshot() {
            super(1, version -> new SeriesIdSerializer());
        }
    }
}
