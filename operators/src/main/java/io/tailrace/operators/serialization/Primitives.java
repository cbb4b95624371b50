package io.tailrace.operators.serialization;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The pieces that the formats of this project's serializers are made of. */
public final class Primitives {

    private Primitives() {}

    /** Writes an int of 0 or more in one to five bytes, seven bits a byte, the least first. */
    public static void writeSize(int size, DataOutputView out) throws IOException {
        int rest = size;
        while ((rest & ~0x7f) != 0) {
            out.writeByte(rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        out.writeByte(rest);
    }

    public static int readSize(DataInputView in) throws IOException {
        int size = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int next = in.readByte();
            size |= (next & 0x7f) << shift;
            if (next >= 0) {
                return size;
            }
        }
        throw new IOException("A size of more than five bytes");
    }

    /**
     * Writes a long in one to ten bytes, the fewer the closer it is to 0 from above, seven bits a
     * byte, the least first. One below 0 takes ten.
     */
    public static void writeLong(long value, DataOutputView out) throws IOException {
        long rest = value;
        while ((rest & ~0x7f) != 0) {
            out.writeByte((int) rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        out.writeByte((int) rest);
    }

    public static long readLong(DataInputView in) throws IOException {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            int next = in.readByte();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IOException("A number of more than ten bytes");
    }

    public static void writeBytes(byte[] bytes, DataOutputView out) throws IOException {
        writeSize(bytes.length, out);
        out.write(bytes);
    }

    public static byte[] readBytes(DataInputView in) throws IOException {
        byte[] bytes = new byte[readSize(in)];
        in.readFully(bytes);
        return bytes;
    }

    /** Writes a text or null: a size one above its bytes, 0 for null. */
    public static void writeText(String text, DataOutputView out) throws IOException {
        if (text == null) {
            writeSize(0, out);
            return;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        writeSize(bytes.length + 1, out);
        out.write(bytes);
    }

    public static String readText(DataInputView in) throws IOException {
        int size = readSize(in);
        if (size == 0) {
            return null;
        }
        byte[] bytes = new byte[size - 1];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
