package io.tailrace.operators.discovery;

import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import io.tailrace.operators.serialization.ValueSerializer;
import io.tailrace.operators.serialization.ValueSerializerSnapshot;

import java.io.IOException;

/** The components in their order. */
public final class SightingSerializer extends ValueSerializer<Sighting> {

    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(Sighting value, DataOutputView out) throws IOException {
        ItemFormat.write(value.application(), out);
        ItemFormat.write(value.item(), out);
        out.writeLong(value.firstSeen());
        out.writeLong(value.lastSeen());
    }

    @Override
    public Sighting deserialize(DataInputView in) throws IOException {
        return new Sighting(
                ItemFormat.readApplication(in), ItemFormat.read(in), in.readLong(), in.readLong());
    }

    @Override
    public TypeSerializerSnapshot<Sighting> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Version 1. */
    public static final class Snapshot extends ValueSerializerSnapshot<Sighting> {
        public Snapshot() {
            super(1, version -> new SightingSerializer());
        }
    }
}
