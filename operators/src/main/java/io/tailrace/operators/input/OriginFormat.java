package io.tailrace.operators.input;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import io.tailrace.operators.serialization.Primitives;

import java.io.IOException;

/** How an {@link Origin} is written inside other values. */
final class OriginFormat {

    private OriginFormat() {}

    static void write(Origin origin, DataOutputView out) throws IOException {
        Primitives.writeText(origin.topic(), out);
        out.writeInt(origin.partition() == null ? -1 : origin.partition());
        out.writeLong(origin.offset() == null ? -1 : origin.offset());
    }

    static Origin read(DataInputView in) throws IOException {
        String topic = Primitives.readText(in);
        int partition = in.readInt();
        long offset = in.readLong();
        return new Origin(
                topic,
                partition < 0 ? null : (Integer) partition,
                offset < 0 ? null : (Long) offset);
    }
}
