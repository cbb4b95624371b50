package io.tailrace.operators.metrics.limit;

import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import io.tailrace.operators.metrics.Dimension;
import io.tailrace.operators.serialization.Primitives;
import io.tailrace.operators.serialization.ValueSerializer;
import io.tailrace.operators.serialization.ValueSerializerSnapshot;

import java.io.IOException;

/** The components in their order. */
public final class DimensionSerializer extends ValueSerializer<Dimension> {

    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(Dimension dimension, DataOutputView out) throws IOException {
        Primitives.writeText(dimension.name(), out);
        Primitives.writeText(dimension.value(), out);
    }

    @Override
    public Dimension deserialize(DataInputView in) throws IOException {
        return new Dimension(Primitives.readText(in), Primitives.readText(in));
    }

    @Override
    public TypeSerializerSnapshot<Dimension> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Version 1. */
    public static final class Snapshot extends ValueSerializerSnapshot<Dimension> {
        public Snapshot() {
            super(1, version -> new DimensionSerializer());
        }
    }
}
