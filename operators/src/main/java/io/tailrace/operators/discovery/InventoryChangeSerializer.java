package io.tailrace.operators.discovery;

import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import io.tailrace.operators.discovery.InventoryChange.Operation;
import io.tailrace.operators.serialization.EnumCodes;
import io.tailrace.operators.serialization.ValueSerializer;
import io.tailrace.operators.serialization.ValueSerializerSnapshot;

import java.io.IOException;
import java.util.List;

/** The components in their order. */
public final class InventoryChangeSerializer extends ValueSerializer<InventoryChange> {

    private static final long serialVersionUID = 1L;
    private static final EnumCodes<Operation> OPERATIONS =
            new EnumCodes<>(Operation.class, List.of(Operation.UPSERT, Operation.EXPIRE));
    private static final byte NOBODY_SAID = 2;

    @Override
    public void serialize(InventoryChange value, DataOutputView out) throws IOException {
        out.writeByte(OPERATIONS.code(value.operation()));
        ItemFormat.write(value.application(), out);
        ItemFormat.write(value.item(), out);
        out.writeLong(value.firstSeen());
        out.writeLong(value.lastSeen());
        out.writeLong(value.expiresAt());
        out.writeBoolean(value.host() != null);
        if (value.host() != null) {
            write(value.host(), out);
        }
    }

    @Override
    public InventoryChange deserialize(DataInputView in) throws IOException {
        return new InventoryChange(
                OPERATIONS.of(in.readByte()),
                ItemFormat.readApplication(in),
                ItemFormat.read(in),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readBoolean() ? readHost(in) : null);
    }

    private static void write(HostState host, DataOutputView out) throws IOException {
        out.writeLong(host.cloudId());
        out.writeLong(host.hostId());
        out.writeByte(host.agentAlive() == null ? NOBODY_SAID : host.agentAlive() ? 1 : 0);
    }

    private static HostState readHost(DataInputView in) throws IOException {
        long cloudId = in.readLong();
        long hostId = in.readLong();
        byte alive = in.readByte();
        return new HostState(cloudId, hostId, alive == NOBODY_SAID ? null : alive == 1);
    }

    @Override
    public TypeSerializerSnapshot<InventoryChange> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Version 1. */
    public static final class Snapshot extends ValueSerializerSnapshot<InventoryChange> {
        public Snapshot() {
            super(1, version -> new InventoryChangeSerializer());
        }
    }
}
