package io.tailrace.operators.metrics.limit;

import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import io.tailrace.operators.application.Application;
import io.tailrace.operators.metrics.SeriesKind;
import io.tailrace.operators.serialization.EnumCodes;
import io.tailrace.operators.serialization.Primitives;
import io.tailrace.operators.serialization.ValueSerializer;
import io.tailrace.operators.serialization.ValueSerializerSnapshot;

import java.io.IOException;
import java.util.List;

/** The components in their order. */
public final class ServiceKeySerializer extends ValueSerializer<ServiceKey> {

    private static final long serialVersionUID = 1L;

    private static final EnumCodes<SeriesKind> KINDS =
            new EnumCodes<>(
                    SeriesKind.class,
                    List.of(SeriesKind.SPANS, SeriesKind.EDGES, SeriesKind.EVENTS));

    @Override
    public void serialize(ServiceKey key, DataOutputView out) throws IOException {
        out.writeByte(KINDS.code(key.kind()));
        out.writeLong(key.application().bizId());
        Primitives.writeText(key.application().name(), out);
        Primitives.writeText(key.service(), out);
    }

    @Override
    public ServiceKey deserialize(DataInputView in) throws IOException {
        return new ServiceKey(
                KINDS.of(in.readByte()),
                new Application(in.readLong(), Primitives.readText(in)),
                Primitives.readText(in));
    }

    @Override
    public TypeSerializerSnapshot<ServiceKey> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Version 1. */
    public static final class Snapshot extends ValueSerializerSnapshot<ServiceKey> {
        public Snapshot() {
            super(1, version -> new ServiceKeySerializer());
        }
    }
}
