package io.tailrace.operators.discovery.inventory;

import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import io.tailrace.operators.discovery.Item;
import io.tailrace.operators.discovery.ItemSerializer;
import io.tailrace.operators.serialization.ValueSerializer;
import io.tailrace.operators.serialization.ValueSerializerSnapshot;

import java.io.IOException;

/** Whether there are columns, these, and the times. */
public final class SeenSerializer extends ValueSerializer<Seen> {

    private static final long serialVersionUID = 1L;
    private static final ItemSerializer ITEM = new ItemSerializer();

    @Override
    public void serialize(Seen value, DataOutputView out) throws IOException {
        out.writeBoolean(value.columns() != null);
        if (value.columns() != null) {
            ITEM.serialize(value.columns(), out);
        }
        out.writeLong(value.first());
        out.writeLong(value.last());
        out.writeLong(value.written());
        out.writeLong(value.lost());
    }

    @Override
    public Seen deserialize(DataInputView in) throws IOException {
        Item columns = in.readBoolean() ? ITEM.deserialize(in) : null;
        return new Seen(columns, in.readLong(), in.readLong(), in.readLong(), in.readLong());
    }

    @Override
    public TypeSerializerSnapshot<Seen> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Version 1. */
    public static final class Snapshot extends ValueSerializerSnapshot<Seen> {
        public Snapshot() {
            super(1, version -> new SeenSerializer());
        }
    }
}
