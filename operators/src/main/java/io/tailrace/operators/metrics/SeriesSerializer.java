package io.tailrace.operators.metrics;

import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import io.tailrace.operators.serialization.ValueSerializer;
import io.tailrace.operators.serialization.ValueSerializerSnapshot;

import java.io.IOException;

/** The components in their order. */
public final class SeriesSerializer extends ValueSerializer<Series> {

    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(Series series, DataOutputView out) throws IOException {
        SeriesFormat.write(series, out);
    }

    @Override
    public Series deserialize(DataInputView in) throws IOException {
        return SeriesFormat.read(in);
    }

    @Override
    public TypeSerializerSnapshot<Series> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Version 1. */
    public static final class Snapshot extends ValueSerializerSnapshot<Series> {
        public Snapshot() {
            super(1, version -> new SeriesSerializer());
        }
    }
}
