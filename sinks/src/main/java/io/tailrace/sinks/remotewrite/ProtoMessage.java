package io.tailrace.sinks.remotewrite;

import com.google.protobuf.CodedOutputStream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Writes the fields of one protobuf message, one after another. */
final class ProtoMessage {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    private final CodedOutputStream out = CodedOutputStream.newInstance(bytes);

    private interface Write {
        void to(CodedOutputStream out) throws IOException;
    }

    private ProtoMessage put(Write write) {
        try {
            write.to(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException("Writing to memory", impossible);
        }
        return this;
    }

    ProtoMessage text(int field, String value) {
        return put(to -> to.writeString(field, value));
    }

    ProtoMessage real(int field, double value) {
        return put(to -> to.writeDouble(field, value));
    }

    ProtoMessage whole(int field, long value) {
        return put(to -> to.writeInt64(field, value));
    }

    /** A number whose small values are small, also the negative ones. */
    ProtoMessage signed(int field, int value) {
        return put(to -> to.writeSInt32(field, value));
    }

    ProtoMessage packedSigned(int field, List<Long> values) {
        ProtoMessage packed = new ProtoMessage();
        values.forEach(value -> packed.put(to -> to.writeSInt64NoTag(value)));
        return message(field, packed);
    }

    ProtoMessage message(int field, ProtoMessage value) {
        byte[] inner = value.bytes();
        return put(to -> to.writeByteArray(field, inner));
    }

    byte[] bytes() {
        put(CodedOutputStream::flush);
        return bytes.toByteArray();
    }
}
