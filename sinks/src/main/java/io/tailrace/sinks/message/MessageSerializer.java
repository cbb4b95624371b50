package io.tailrace.sinks.message;

import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import io.tailrace.operators.serialization.Primitives;
import io.tailrace.operators.serialization.ValueSerializer;
import io.tailrace.operators.serialization.ValueSerializerSnapshot;

import java.io.IOException;

/** Whether there is a key, the key, the value. */
public final class MessageSerializer extends ValueSerializer<Message> {

    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(Message message, DataOutputView out) throws IOException {
        out.writeBoolean(message.key() != null);
        if (message.key() != null) {
            Primitives.writeBytes(message.key(), out);
        }
        Primitives.writeBytes(message.value(), out);
    }

    @Override
    public Message deserialize(DataInputView in) throws IOException {
        byte[] key = in.readBoolean() ? Primitives.readBytes(in) : null;
        return new Message(key, Primitives.readBytes(in));
    }

    @Override
    public TypeSerializerSnapshot<Message> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Version 1. */
    public static final class Snapshot extends ValueSerializerSnapshot<Message> {
        public Snapshot() {
            super(1, version -> new MessageSerializer());
        }
    }
}
