package io.tailrace.operators.span.wire;

import io.tailrace.operators.input.UnreadableException;
import io.tailrace.operators.span.wire.Attributes.ValueKind;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import static io.tailrace.operators.span.wire.WireReader.FIXED64;
import static io.tailrace.operators.span.wire.WireReader.LENGTH;
import static io.tailrace.operators.span.wire.WireReader.VARINT;

/**
 * The value of an attribute, read from the bytes when asked for. A view that moves: into the values
 * that it holds, by key or index, and to others.
 */
public final class ValueView {

    private static final byte[] TRUE = "true".getBytes(StandardCharsets.UTF_8);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.UTF_8);

    private final WireReader reader = new WireReader();
    private final WireReader inner = new WireReader();
    private byte[] bytes;
    private int from;
    private int to;
    private ValueKind kind = ValueKind.NONE;
    private long number;

    /** Moves to no value. */
    void clear() {
        kind = ValueKind.NONE;
    }

    /** Moves to the {@code AnyValue} in these bytes. */
    void read(byte[] message, int start, int end) throws UnreadableException {
        bytes = message;
        kind = ValueKind.NONE;
        reader.over(message, start, end);
        while (reader.next()) {
            ValueKind next = kindOf(reader.field(), reader.type());
            if (next != ValueKind.NONE) {
                kind = next;
                number = reader.value();
                from = reader.from();
                to = reader.to();
            }
        }
    }

    static ValueKind kindOf(int field, int type) {
        return switch (field) {
            case 1 -> type == LENGTH ? ValueKind.TEXT : ValueKind.NONE;
            case 2 -> type == VARINT ? ValueKind.BOOL : ValueKind.NONE;
            case 3 -> type == VARINT ? ValueKind.INT : ValueKind.NONE;
            case 4 -> type == FIXED64 ? ValueKind.DOUBLE : ValueKind.NONE;
            case 5 -> type == LENGTH ? ValueKind.ARRAY : ValueKind.NONE;
            case 6 -> type == LENGTH ? ValueKind.LIST : ValueKind.NONE;
            case 7 -> type == LENGTH ? ValueKind.BYTES : ValueKind.NONE;
            default -> ValueKind.NONE;
        };
    }

    public ValueKind kind() {
        return kind;
    }

    /** The value of kind INT. */
    public long intValue() {
        return number;
    }

    /** The value of kind BOOL. */
    public boolean boolValue() {
        return number != 0;
    }

    /** The value of kind DOUBLE. */
    public double doubleValue() {
        return Double.longBitsToDouble(number);
    }

    /** The value of kind TEXT. */
    public String text() {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    /** The value's length in bytes, of kind TEXT or BYTES. */
    public int length() {
        return to - from;
    }

    /**
     * Writes a text as it is, a truth value as {@code true} or {@code false}, and a number in
     * decimal, without a fraction where it is whole, behind what is there. Of what has no plain
     * text (bytes, arrays, lists) it writes nothing.
     */
    public void appendTextTo(Utf8Builder out) {
        switch (kind) {
            case TEXT -> out.append(bytes, from, to);
            case BOOL -> out.append(boolValue() ? TRUE : FALSE);
            case INT -> out.appendDecimal(number);
            case DOUBLE -> out.appendDecimal(doubleValue());
            case NONE, ARRAY, LIST, BYTES -> {}
        }
    }

    /** Whether the value of kind TEXT is this one, in UTF-8. */
    public boolean textIs(byte[] text) {
        return Arrays.equals(bytes, from, to, text, 0, text.length);
    }

    /** A hash of the bytes of the value of kind TEXT or BYTES. */
    public long hash() {
        return Hashes.of(bytes, from, to);
    }

    /** A copy of the value of kind BYTES. */
    public byte[] bytesValue() {
        return Arrays.copyOfRange(bytes, from, to);
    }

    /**
     * Moves into a value of kind LIST, to what stands there under a key. Of a key that stands there
     * twice the first counts. Where there is none the view stays.
     *
     * @param key in UTF-8
     */
    public boolean enter(byte[] key) {
        try {
            reader.over(bytes, from, to);
            while (reader.next()) {
                if (reader.is(1, LENGTH) && readEntry(key, reader.from(), reader.to())) {
                    return true;
                }
            }
            return false;
        } catch (UnreadableException fault) {
            throw unchecked(fault);
        }
    }

    private boolean readEntry(byte[] key, int start, int end) throws UnreadableException {
        boolean found = key.length == 0;
        int valueFrom = 0;
        int valueTo = 0;
        inner.over(bytes, start, end);
        while (inner.next()) {
            if (inner.is(1, LENGTH)) {
                found = Arrays.equals(bytes, inner.from(), inner.to(), key, 0, key.length);
            } else if (inner.is(2, LENGTH)) {
                valueFrom = inner.from();
                valueTo = inner.to();
            }
        }
        if (found) {
            read(bytes, valueFrom, valueTo);
        }
        return found;
    }

    /**
     * Moves into a value of kind ARRAY, to the element at an index from 0. Where there is none the
     * view stays.
     */
    public boolean enter(long index) {
        try {
            long next = 0;
            reader.over(bytes, from, to);
            while (reader.next()) {
                if (reader.is(1, LENGTH) && next++ == index) {
                    read(bytes, reader.from(), reader.to());
                    return true;
                }
            }
            return false;
        } catch (UnreadableException fault) {
            throw unchecked(fault);
        }
    }

    /**
     * The value as an object: String, Boolean, Long, Double, {@code byte[]}, {@code List<Object>},
     * {@code Map<String, Object>} (of a key that stands there twice the first), or null for none.
     */
    public Object toObject() {
        try {
            return PlainValues.of(kind, number, bytes, from, to);
        } catch (UnreadableException fault) {
            throw unchecked(fault);
        }
    }

    static IllegalStateException unchecked(UnreadableException fault) {
        return new IllegalStateException("Attributes are checked before they are read", fault);
    }
}
