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

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes;
    private int position;
    private int limit;
    private int start;
    private int field;
    private int type;
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
        if (position == limit) {
            return false;
        }
        start = position;
        long tag = tag();
        field = (int) (tag >>> 3);
        type = (int) (tag & 7);
        switch (type) {
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
                long length = varint();
                if (length < 0 || length > limit - position) {
                    throw malformed("a field that ends behind its message", start);
                }
                from = position;
                position += (int) length;
            }
            case GROUP -> skipGroup(field);
            default -> throw malformed("wire type " + type, start);
        }
        return true;
    }

    public int field() {
        return field;
    }

    /** Whether the field at hand has this number and wire type. */
    public boolean is(int number, int wireType) {
        return field == number && type == wireType;
    }

    public int type() {
        return type;
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
            long tag = tag();
            int inner = (int) (tag >>> 3);
            switch ((int) (tag & 7)) {
                case VARINT -> varint();
                case FIXED64 -> skip(8);
                case FIXED32 -> skip(4);
                case LENGTH -> {
                    long length = varint();
                    if (length < 0 || length > limit - position) {
                        throw malformed("a field that ends behind its message", start);
                    }
                    position += (int) length;
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
                default -> throw malformed("wire type " + (tag & 7), start);
            }
        }
    }

    private void skip(int count) throws UnreadableException {
        if (limit - position < count) {
            throw malformed("a number that is cut off", start);
        }
        position += count;
    }

    private long tag() throws UnreadableException {
        long tag = varint();
        if ((tag & ~0xffff_ffffL) != 0 || tag >>> 3 == 0) {
            throw malformed("a field number out of range", start);
        }
        return tag;
    }

    private long varint() throws UnreadableException {
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
