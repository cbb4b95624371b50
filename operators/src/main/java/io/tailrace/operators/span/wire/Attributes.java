package io.tailrace.operators.span.wire;

import io.tailrace.operators.input.UnreadableException;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

import static io.tailrace.operators.span.wire.WireReader.LENGTH;

/**
 * The attributes of a span, resource, scope or event, read from the bytes when asked for. A view
 * that moves: what it says holds until it is read anew.
 */
public final class Attributes {

    static final int KEY = 1;

    private static final int VALUE = 2;

    private final Fields fields = new Fields();
    private final WireReader reader = new WireReader();
    private byte[] bytes;

    private final ValueView value = new ValueView();

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
            value.clear();
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
                value.read(bytes, from, to);
            }
            return found;
        } catch (UnreadableException fault) {
            throw ValueView.unchecked(fault);
        }
    }

    /** The value found; it moves on with the next look-up. */
    public ValueView value() {
        return value;
    }

    /** All of them, with values as {@link ValueView#toObject} gives them. */
    public Map<String, Object> toMap() {
        Map<String, Object> entries = new LinkedHashMap<>();
        try {
            for (int i = 0; i < fields.size(); i++) {
                PlainValues.addEntry(entries, bytes, fields.from(i), fields.to(i));
            }
        } catch (UnreadableException fault) {
            throw ValueView.unchecked(fault);
        }
        return entries;
    }

    /** What the value found is. */
    public ValueKind kind() {
        return value.kind();
    }

    /** The value of kind INT. */
    public long intValue() {
        return value.intValue();
    }

    /** The value of kind BOOL. */
    public boolean boolValue() {
        return value.boolValue();
    }

    /** The value of kind DOUBLE. */
    public double doubleValue() {
        return value.doubleValue();
    }

    /** The value of kind TEXT. */
    public String text() {
        return value.text();
    }

    /** A copy of the value's bytes, of kind TEXT or BYTES; of ARRAY or LIST, of the message. */
    public byte[] valueBytes() {
        return value.bytesValue();
    }

    /** The value's length in bytes, of kind TEXT or BYTES. */
    public int length() {
        return value.length();
    }

    /** Whether the value of kind TEXT is this one, in UTF-8. */
    public boolean textIs(byte[] text) {
        return value.textIs(text);
    }
}
