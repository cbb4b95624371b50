package io.tailrace.operators.input;

import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import io.tailrace.operators.serialization.Primitives;
import io.tailrace.operators.serialization.ValueSerializer;
import io.tailrace.operators.serialization.ValueSerializerSnapshot;

import java.io.IOException;

/** Reason (by name), error, origin, payload, size. */
public final class DeadLetterSerializer extends ValueSerializer<DeadLetter> {

    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(DeadLetter letter, DataOutputView out) throws IOException {
        Primitives.writeText(letter.reason().name(), out);
        Primitives.writeText(letter.error(), out);
        OriginFormat.write(letter.origin(), out);
        Primitives.writeBytes(letter.payload(), out);
        out.writeLong(letter.payloadBytes());
    }

    @Override
    public DeadLetter deserialize(DataInputView in) throws IOException {
        return new DeadLetter(
                DeadLetter.Reason.valueOf(Primitives.readText(in)),
                Primitives.readText(in),
                OriginFormat.read(in),
                Primitives.readBytes(in),
                in.readLong());
    }

    @Override
    public TypeSerializerSnapshot<DeadLetter> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Version 1. */
    public static final class Snapshot extends ValueSerializerSnapshot<DeadLetter> {
        public Snapshot() {
            super(1, version -> new DeadLetterSerializer());
        }
    }
}
