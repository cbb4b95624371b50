package io.tailrace.operators.discovery;

import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import io.tailrace.operators.serialization.ValueSerializer;
import io.tailrace.operators.serialization.ValueSerializerSnapshot;

import java.io.IOException;

/** Its entity's number, then its components. */
public final class ItemSerializer extends ValueSerializer<Item> {

    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(Item value, DataOutputView out) throws IOException {
        ItemFormat.write(value, out);
    }

    @Override
    public Item deserialize(DataInputView in) throws IOException {
        return ItemFormat.read(in);
    }

    @Override
    public TypeSerializerSnapshot<Item> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Version 1. */
    public static final class Snapshot extends ValueSerializerSnapshot<Item> {
        public Snapshot() {
            super(1, version -> new ItemSerializer());
        }
    }
}
