package io.tailrace.operators.span.wire;

import io.tailrace.operators.input.DeadLetter;
import io.tailrace.operators.input.UnreadableException;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Goes over the fields of one encoded protobuf message, in place. One instance serves any number of
 * messages; it allocates nothing.
 *
 * <p>Source: the protobuf encoding guide (tags, varints, length-delimited fields, groups).
 */
public final class WireReader {

    public static final int VARINT = 0;
    public static final int FIXED64 = 1;
    public static final int LENGTH = 2;
    public static final int GROUP = 3;
    public static final int GROUP_END = 4;
    public static final int FIXED32 = 5;

    /** Of field 1 as a varint; what is less has field 0, or goes on in another byte. */
    private static final int LEAST_TAG = 1 << 3;

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes;
    private int position;
    private int limit;
    private int start;
    private int tag;
    private long value;
    private int from;
    private int mostGroups;

    /** Begins anew over the message in {@code bytes[from..to)}. */
    public WireReader over(byte[] bytes, int from, int to) {
        return over(bytes, from, to, OtlpChecker.MOST_DEPTH);
    }

    /** The same, of a message that may hold no more than so many groups in one another. */
    WireReader over(byte[] bytes, int from, int to, int mostGroups) {
        this.mostGroups = mostGroups;
        this.bytes = bytes;
        this.position = from;
        this.limit = to;
        return this;
    }

    /**
     * Goes to the next field.
     *
     * @return false at the message's end
     * @throws UnreadableException where the bytes are no protobuf field, or one that is cut off
     */
    public boolean next() throws UnreadableException {
        int at = position;
        if (at == limit) {
            return false;
        }
        start = at;
        int first = bytes[at];
        if (first >= LEAST_TAG) {
            // Nearly every tag is one byte.
            position = at + 1;
            tag = first;
        } else {
            tag = (int) longTag();
        }
        switch (tag & 7) {
            case VARINT -> value = varint();
            case FIXED64 -> {
                from = position;
                skip(8);
                value = (long) LONGS.get(bytes, from);
            }
            case FIXED32 -> {
                from = position;
                skip(4);
                value = (int) INTS.get(bytes, from);
            }
            case LENGTH -> {
                int length = length();
                from = position;
                position += length;
            }
            case GROUP -> skipGroup(tag >>> 3);
            default -> throw malformed("wire type " + (tag & 7), start);
        }
        return true;
    }

    public int field() {
        return tag >>> 3;
    }

    /** Field number and wire type in one, as {@link #tag(int, int)} puts them together. */
    int tag() {
        return tag;
    }

    /** Negative for the largest numbers, which nobody uses. */
    static int tag(int number, int wireType) {
        return number << 3 | wireType;
    }

    /** Whether the field at hand has this number and wire type. */
    public boolean is(int number, int wireType) {
        return tag == tag(number, wireType);
    }

    public int type() {
        return tag & 7;
    }

    /** The number of a varint, fixed64 or fixed32 field; the last one sign-extended. */
    public long value() {
        return value;
    }

    /** Where the field's tag begins. */
    public int start() {
        return start;
    }

    /** Where the content of a length-delimited field begins. */
    public int from() {
        return from;
    }

    /** Where the field ends. */
    public int to() {
        return position;
    }

    /** Goes on behind fields that were read otherwise. */
    void goOnAt(int fieldStart) {
        position = fieldStart;
    }

    private void skipGroup(int number) throws UnreadableException {
        if (mostGroups == 0) {
            throw malformed("groups nested too deep", start);
        }
        int depth = 1;
        int[] open = new int[mostGroups];
        open[0] = number;
        while (depth > 0) {
            if (position == limit) {
                throw malformed("a group without its end", start);
            }
            long innerTag = longTag();
            int inner = (int) (innerTag >>> 3);
            switch ((int) (innerTag & 7)) {
                case VARINT -> varint();
                case FIXED64 -> skip(8);
                case FIXED32 -> skip(4);
                case LENGTH -> {
                    int length = length();
                    position += length;
                }
                case GROUP -> {
                    if (depth == open.length) {
                        throw malformed("groups nested too deep", start);
                    }
                    open[depth++] = inner;
                }
                case GROUP_END -> {
                    if (open[--depth] != inner) {
                        throw malformed("a group with another's end", start);
                    }
                }
                default -> throw malformed("wire type " + (innerTag & 7), start);
            }
        }
    }

    private void skip(int count) throws UnreadableException {
        if (limit - position < count) {
            throw malformed("a number that is cut off", start);
        }
        position += count;
    }

    private long longTag() throws UnreadableException {
        long number = varint();
        if ((number & ~0xffff_ffffL) != 0 || number >>> 3 == 0) {
            throw malformed("a field number out of range", start);
        }
        return number;
    }

    /** The length of what follows, which ends within the message. */
    private int length() throws UnreadableException {
        long length = varint();
        if (length < 0 || length > limit - position) {
            throw malformed("a field that ends behind its message", start);
        }
        return (int) length;
    }

    private long varint() throws UnreadableException {
        int at = position;
        if (at < limit && bytes[at] >= 0) {
            position = at + 1;
            return bytes[at];
        }
        return longVarint();
    }

    private long longVarint() throws UnreadableException {
        long result = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            if (position == limit) {
                throw malformed("a number that is cut off", start);
            }
            byte next = bytes[position++];
            result |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return result;
            }
        }
        throw malformed("a number of more than ten bytes", start);
    }

    static UnreadableException malformed(String what, int at) {
        return new UnreadableException(
                DeadLetter.Reason.MALFORMED_PROTOBUF,
                "Not protobuf at byte %d: %s".formatted(at, what));
    }
}
