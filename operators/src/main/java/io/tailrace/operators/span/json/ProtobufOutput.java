package io.tailrace.operators.span.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Protobuf's wire format, written into one growing buffer.
 *
 * <p>A nested message is written before its length is known: one byte is kept for the length, and
 * the content moves where that is not enough, which costs little as most messages are short.
 */
public final class ProtobufOutput {

    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int LENGTH_DELIMITED = 2;
    private static final int FIXED_32 = 5;

    /** The most that a tag or a number takes. */
    private static final int MOST_VARINT = 10;

    private static final char REPLACEMENT = '\uFFFD';

    private static final VarHandle INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes = new byte[16 * 1024];
    private char[] chars = new char[256];
    private int length;
    private int depth;

    public int length() {
        return length;
    }

    /** How many messages are open. */
    public int depth() {
        return depth;
    }

    /** Goes back to an earlier length and depth. */
    public void cut(int toLength, int toDepth) {
        length = toLength;
        depth = toDepth;
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    /** Begins a nested message; what is returned belongs to {@link #end}. */
    public int begin(int field) {
        tag(field, LENGTH_DELIMITED);
        depth++;
        return length++;
    }

    public void end(int begin) {
        depth--;
        prefix(begin, 1);
    }

    public void varint(int field, long value) {
        tag(field, VARINT);
        length = putVarint(length, value);
    }

    void fixed32(int field, int value) {
        tag(field, FIXED_32);
        INTS.set(bytes, length, value);
        length += Integer.BYTES;
    }

    void fixed64(int field, long value) {
        tag(field, FIXED_64);
        LONGS.set(bytes, length, value);
        length += Long.BYTES;
    }

    public void bytes(int field, byte[] value) {
        bytes(field, value, value.length);
    }

    /** What another output holds, as a nested message. */
    public void message(int field, ProtobufOutput message) {
        bytes(field, message.bytes, message.length);
    }

    private void bytes(int field, byte[] value, int size) {
        tag(field, LENGTH_DELIMITED);
        length = putVarint(length, size);
        ensure(size);
        System.arraycopy(value, 0, bytes, length, size);
        length += size;
    }

    /** Whether another output holds the same bytes. */
    public boolean holdsSameAs(ProtobufOutput other) {
        return Arrays.equals(bytes, 0, length, other.bytes, 0, other.length);
    }

    /** Takes what another output holds in place of all that this one does. */
    public void become(ProtobufOutput other) {
        cut(0, other.depth);
        ensure(other.length);
        System.arraycopy(other.bytes, 0, bytes, 0, other.length);
        length = other.length;
    }

    /**
     * Pairs of hexadecimal digits as bytes.
     *
     * @return false, and nothing is written, where some character is no such digit
     */
    boolean hexadecimal(int field, char[] digits, int from, int size) {
        int before = length;
        tag(field, LENGTH_DELIMITED);
        length = putVarint(length, size);
        ensure(size);
        for (int i = 0; i < size; i++) {
            int high = Hexadecimal.digit(digits[from + 2 * i]);
            int low = Hexadecimal.digit(digits[from + 2 * i + 1]);
            if ((high | low) < 0) {
                length = before;
                return false;
            }
            bytes[length++] = (byte) ((high << 4) | low);
        }
        return true;
    }

    /** As the text of characters. */
    public void text(int field, String text) {
        int count = text.length();
        if (chars.length < count) {
            chars = new char[Math.max(count, 2 * chars.length)];
        }
        text.getChars(0, count, chars, 0);
        text(field, chars, 0, count);
    }

    /** A text; a surrogate without its other half becomes U+FFFD, as it has no UTF-8. */
    public void text(int field, char[] chars, int from, int count) {
        tag(field, LENGTH_DELIMITED);
        int begin = length;
        // In most texts a character is a byte, and then this is already the right place.
        int kept = varintSize(count);
        ensure(kept + 3 * count);
        int at = begin + kept;
        int end = from + count;
        int i = from;
        while (i < end && chars[i] < 0x80) {
            bytes[at++] = (byte) chars[i++];
        }
        while (i < end) {
            char c = chars[i++];
            if (c < 0x80) {
                bytes[at++] = (byte) c;
            } else if (c < 0x800) {
                bytes[at++] = (byte) (0xC0 | (c >> 6));
                bytes[at++] = (byte) (0x80 | (c & 0x3F));
            } else if (Character.isHighSurrogate(c)
                    && i < end
                    && Character.isLowSurrogate(chars[i])) {
                int point = Character.toCodePoint(c, chars[i++]);
                bytes[at++] = (byte) (0xF0 | (point >> 18));
                bytes[at++] = (byte) (0x80 | ((point >> 12) & 0x3F));
                bytes[at++] = (byte) (0x80 | ((point >> 6) & 0x3F));
                bytes[at++] = (byte) (0x80 | (point & 0x3F));
            } else {
                char kind = Character.isSurrogate(c) ? REPLACEMENT : c;
                bytes[at++] = (byte) (0xE0 | (kind >> 12));
                bytes[at++] = (byte) (0x80 | ((kind >> 6) & 0x3F));
                bytes[at++] = (byte) (0x80 | (kind & 0x3F));
            }
        }
        length = at;
        prefix(begin, kept);
    }

    /** Puts the length of what is behind {@code kept} bytes at {@code begin} into them. */
    private void prefix(int begin, int kept) {
        int size = length - begin - kept;
        int needed = varintSize(size);
        if (needed > kept) {
            ensure(needed - kept);
            System.arraycopy(bytes, begin + kept, bytes, begin + needed, size);
            length += needed - kept;
        }
        putVarint(begin, size);
    }

    /** Leaves room for a number behind the tag. */
    private void tag(int field, int type) {
        ensure(2 * MOST_VARINT);
        length = putVarint(length, (field << 3) | type);
    }

    private int putVarint(int position, long value) {
        int at = position;
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[at++] = (byte) rest;
        return at;
    }

    private static int varintSize(int value) {
        int size = 1;
        for (int rest = value >>> 7; rest != 0; rest >>>= 7) {
            size++;
        }
        return size;
    }

    private void ensure(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
        }
    }
}
