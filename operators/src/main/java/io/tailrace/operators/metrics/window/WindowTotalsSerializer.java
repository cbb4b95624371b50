package io.tailrace.operators.metrics.window;

import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import io.tailrace.operators.metrics.TotalsFormat;
import io.tailrace.operators.serialization.Primitives;
import io.tailrace.operators.serialization.ValueSerializer;
import io.tailrace.operators.serialization.ValueSerializerSnapshot;

import java.io.IOException;

/** The components in their order. */
public final class WindowTotalsSerializer extends ValueSerializer<WindowTotals> {

    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(WindowTotals window, DataOutputView out) throws IOException {
        Primitives.writeText(window.service(), out);
        Primitives.writeSize(window.rows(), out);
        out.writeLong(window.fired());
        out.writeLong(window.next());
        out.writeLong(window.closed());
        TotalsFormat.write(window.totals(), out);
        out.writeBoolean(window.added() != null);
        if (window.added() != null) {
            TotalsFormat.write(window.added(), out);
        }
    }

    @Override
    public WindowTotals deserialize(DataInputView in) throws IOException {
        return new WindowTotals(
                Primitives.readText(in),
                Primitives.readSize(in),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                TotalsFormat.read(in),
                in.readBoolean() ? TotalsFormat.read(in) : null);
    }

    @Override
    public TypeSerializerSnapshot<WindowTotals> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Version 1. */
    public static final class Snapshot extends ValueSerializerSnapshot<WindowTotals> {
        public Snapshot() {
            super(1, version -> new WindowTotalsSerializer());
        }
    }
}
