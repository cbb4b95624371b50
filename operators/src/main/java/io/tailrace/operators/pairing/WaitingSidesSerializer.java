package io.tailrace.operators.pairing;

import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import io.tailrace.operators.serialization.Primitives;
import io.tailrace.operators.serialization.ValueSerializer;
import io.tailrace.operators.serialization.ValueSerializerSnapshot;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The components in their order. */
public final class WaitingSidesSerializer extends ValueSerializer<WaitingSides> {

    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(WaitingSides value, DataOutputView out) throws IOException {
        SideFormat.writeNullable(value.caller(), out);
        Primitives.writeSize(value.paired().size(), out);
        for (long spanId : value.paired()) {
            out.writeLong(spanId);
        }
        Primitives.writeSize(value.callees().size(), out);
        for (SpanSide callee : value.callees()) {
            SideFormat.write(callee, out);
        }
    }

    @Override
    public WaitingSides deserialize(DataInputView in) throws IOException {
        SpanSide caller = SideFormat.readNullable(in);
        int size = Primitives.readSize(in);
        List<Long> paired = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            paired.add(in.readLong());
        }
        size = Primitives.readSize(in);
        List<SpanSide> callees = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            callees.add(SideFormat.read(in));
        }
        return new WaitingSides(caller, List.copyOf(paired), List.copyOf(callees));
    }

    @Override
    public TypeSerializerSnapshot<WaitingSides> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Version 1. */
    public static final class Snapshot extends ValueSerializerSnapshot<WaitingSides> {
        public Snapshot() {
            super(1, version -> new WaitingSidesSerializer());
        }
    }
}
