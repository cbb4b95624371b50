package io.tailrace.operators.discovery;

import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import io.tailrace.operators.serialization.Primitives;
import io.tailrace.operators.serialization.ValueSerializer;
import io.tailrace.operators.serialization.ValueSerializerSnapshot;

import java.io.IOException;

/** The components in their order. */
public final class HostLostSerializer extends ValueSerializer<HostLost> {

    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(HostLost value, DataOutputView out) throws IOException {
        out.writeLong(value.bizId());
        out.writeLong(value.cloudId());
        Primitives.writeText(value.ip(), out);
        Primitives.writeText(value.agentId(), out);
        out.writeLong(value.time());
    }

    @Override
    public HostLost deserialize(DataInputView in) throws IOException {
        return new HostLost(
                in.readLong(),
                in.readLong(),
                Primitives.readText(in),
                Primitives.readText(in),
                in.readLong());
    }

    @Override
    public TypeSerializerSnapshot<HostLost> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Version 1. */
    public static final class Snapshot extends ValueSerializerSnapshot<HostLost> {
        public Snapshot() {
            super(1, version -> new HostLostSerializer());
        }
    }
}
