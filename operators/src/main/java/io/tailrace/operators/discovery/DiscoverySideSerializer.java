package io.tailrace.operators.discovery;

import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import io.tailrace.operators.serialization.Primitives;
import io.tailrace.operators.serialization.ValueSerializer;
import io.tailrace.operators.serialization.ValueSerializerSnapshot;
import io.tailrace.operators.span.TraceId;

import java.io.IOException;

/** The components in their order. */
public final class DiscoverySideSerializer extends ValueSerializer<DiscoverySide> {

    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(DiscoverySide value, DataOutputView out) throws IOException {
        out.writeLong(value.traceId().high());
        out.writeLong(value.traceId().low());
        out.writeBoolean(value.link());
        out.writeLong(value.spanId());
        out.writeLong(value.parentSpanId());
        out.writeByte(value.kind());
        out.writeLong(value.startUnixNano());
        out.writeLong(value.arrival());
        Primitives.writeBytes(value.encoded(), out);
    }

    @Override
    public DiscoverySide deserialize(DataInputView in) throws IOException {
        return new DiscoverySide(
                new TraceId(in.readLong(), in.readLong()),
                in.readBoolean(),
                in.readLong(),
                in.readLong(),
                in.readByte(),
                in.readLong(),
                in.readLong(),
                Primitives.readBytes(in));
    }

    @Override
    public TypeSerializerSnapshot<DiscoverySide> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Version 1. */
    public static final class Snapshot extends ValueSerializerSnapshot<DiscoverySide> {
        public Snapshot() {
            super(1, version -> new DiscoverySideSerializer());
        }
    }
}
