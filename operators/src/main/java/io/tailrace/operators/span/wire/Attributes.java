package io.tailrace.operators.span.wire;

import io.tailrace.operators.input.UnreadableException;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import static io.tailrace.operators.span.wire.WireReader.LENGTH;
import static io.tailrace.operators.span.wire.WireReader.VARINT;

/**
 * The attributes of a span, resource, scope or event, read from the bytes when asked for. A view
 * that moves: what it says holds until it is read anew.
 */
public final class Attributes {

    private static final int KEY = 1;
    private static final int VALUE = 2;

    private final Fields fields = new Fields();
    private final WireReader reader = new WireReader();
    private byte[] bytes;

    private int valueFrom;
    private int valueTo;
    private ValueKind kind = ValueKind.NONE;
    private long number;

    /** What a value is. */
    public enum ValueKind {
        NONE,
        TEXT,
        BOOL,
        INT,
        DOUBLE,
        ARRAY,
        LIST,
        BYTES
    }

    void clear(byte[] bytes) {
        this.bytes = bytes;
        fields.clear();
    }

    void add(WireReader field) {
        fields.add(field);
    }

    public int size() {
        return fields.size();
    }

    /**
     * Looks a key up; on success the value's getters speak of it. Of a key that stands there twice
     * the first counts.
     *
     * @param key in UTF-8
     */
    public boolean find(byte[] key) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.to(i) - fields.from(i) > key.length && read(i, key)) {
                return true;
            }
        }
        return false;
    }

    private boolean read(int i, byte[] key) {
        try {
            boolean found = false;
            kind = ValueKind.NONE;
            reader.over(bytes, fields.from(i), fields.to(i));
            int from = 0;
            int to = 0;
            while (reader.next()) {
                if (reader.is(KEY, LENGTH)) {
                    if (!Arrays.equals(bytes, reader.from(), reader.to(), key, 0, key.length)) {
                        return false;
                    }
                    found = true;
                } else if (reader.is(VALUE, LENGTH)) {
                    from = reader.from();
                    to = reader.to();
                }
            }
            if (found) {
                readValue(from, to);
            }
            return found;
        } catch (UnreadableException fault) {
            throw new IllegalStateException("Attributes are checked before they are read", fault);
        }
    }

    private void readValue(int from, int to) throws UnreadableException {
        reader.over(bytes, from, to);
        while (reader.next()) {
            ValueKind next = kindOf(reader.field(), reader.type());
            if (next != ValueKind.NONE) {
                kind = next;
                number = reader.value();
                valueFrom = reader.from();
                valueTo = reader.to();
            }
        }
    }

    private static ValueKind kindOf(int field, int type) {
        return switch (field) {
            case 1 -> type == LENGTH ? ValueKind.TEXT : ValueKind.NONE;
            case 2 -> type == VARINT ? ValueKind.BOOL : ValueKind.NONE;
            case 3 -> type == VARINT ? ValueKind.INT : ValueKind.NONE;
            case 4 -> type == WireReader.FIXED64 ? ValueKind.DOUBLE : ValueKind.NONE;
            case 5 -> type == LENGTH ? ValueKind.ARRAY : ValueKind.NONE;
            case 6 -> type == LENGTH ? ValueKind.LIST : ValueKind.NONE;
            case 7 -> type == LENGTH ? ValueKind.BYTES : ValueKind.NONE;
            default -> ValueKind.NONE;
        };
    }

    /** What the value found is. */
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
        return new String(bytes, valueFrom, valueTo - valueFrom, StandardCharsets.UTF_8);
    }

    /** A copy of the value's bytes, of kind TEXT or BYTES; of ARRAY or LIST, of the message. */
    public byte[] valueBytes() {
        return Arrays.copyOfRange(bytes, valueFrom, valueTo);
    }

    /** The value's length in bytes, of kind TEXT or BYTES. */
    public int length() {
        return valueTo - valueFrom;
    }

    /** Whether the value of kind TEXT is this one, in UTF-8. */
    public boolean textIs(byte[] text) {
        return Arrays.equals(bytes, valueFrom, valueTo, text, 0, text.length);
    }
}
