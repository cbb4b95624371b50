package io.tailrace.sinks.message;

import org.apache.flink.api.common.typeutils.SerializerTestBase;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** Flink's own demands. Messages are never in state, so their format has no past to be read. */
class MessageSerializerTest extends SerializerTestBase<Message> {

    @Override
    protected TypeSerializer<Message> createSerializer() {
        return new MessageSerializer();
    }

    @Override
    protected int getLength() {
        return -1;
    }

    @Override
    protected Class<Message> getTypeClass() {
        return Message.class;
    }

    @Override
    protected Message[] getTestData() {
        return new Message[] {
            new Message(null, new byte[0]),
            new Message(new byte[0], new byte[] {1}),
            new Message(new byte[] {2, 3}, new byte[300])
        };
    }

    /** Values come from deserialize only; there is no empty one. */
    @Override
    protected void testInstantiate() {}
}
