package io.tailrace.operators.pairing;

import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import io.tailrace.operators.serialization.EnumCodes;
import io.tailrace.operators.serialization.Primitives;
import io.tailrace.operators.serialization.ValueSerializer;
import io.tailrace.operators.serialization.ValueSerializerSnapshot;

import java.io.IOException;
import java.util.List;

/** The components in their order. */
public final class CallSerializer extends ValueSerializer<Call> {

    private static final long serialVersionUID = 1L;

    private static final EnumCodes<ConnectionType> CONNECTIONS =
            new EnumCodes<>(
                    ConnectionType.class,
                    List.of(
                            ConnectionType.NONE,
                            ConnectionType.MESSAGING_SYSTEM,
                            ConnectionType.DATABASE,
                            ConnectionType.VIRTUAL_NODE));

    @Override
    public void serialize(Call value, DataOutputView out) throws IOException {
        Primitives.writeText(value.client(), out);
        Primitives.writeText(value.server(), out);
        out.writeByte(CONNECTIONS.code(value.connection()));
        SideFormat.writeNullable(value.clientSide(), out);
        SideFormat.writeNullable(value.serverSide(), out);
    }

    @Override
    public Call deserialize(DataInputView in) throws IOException {
        return new Call(
                Primitives.readText(in),
                Primitives.readText(in),
                CONNECTIONS.of(in.readByte()),
                SideFormat.readNullable(in),
                SideFormat.readNullable(in));
    }

    @Override
    public TypeSerializerSnapshot<Call> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Version 1. */
    public static final class Snapshot extends ValueSerializerSnapshot<Call> {
        public Snapshot() {
            super(1, version -> new CallSerializer());
        }
    }
}
