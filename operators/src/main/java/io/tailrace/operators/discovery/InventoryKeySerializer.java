package io.tailrace.operators.discovery;

import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import io.tailrace.operators.serialization.ValueSerializer;
import io.tailrace.operators.serialization.ValueSerializerSnapshot;

import java.io.IOException;

/** The components in their order. */
public final class InventoryKeySerializer extends ValueSerializer<InventoryKey> {

    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(InventoryKey value, DataOutputView out) throws IOException {
        ItemFormat.write(value.application(), out);
        ItemFormat.write(value.entity(), out);
    }

    @Override
    public InventoryKey deserialize(DataInputView in) throws IOException {
        return new InventoryKey(ItemFormat.readApplication(in), ItemFormat.readEntity(in));
    }

    @Override
    public TypeSerializerSnapshot<InventoryKey> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Version 1. */
    public static final class Snapshot extends ValueSerializerSnapshot<InventoryKey> {
        public Snapshot() {
            super(1, version -> new InventoryKeySerializer());
        }
    }
}
