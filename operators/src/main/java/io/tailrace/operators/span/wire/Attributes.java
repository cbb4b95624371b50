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

    private final UsualAttribute usual = new UsualAttribute();
    private final WireReader reader = new WireReader();
    private byte[] bytes;

    /** Of each: where its key begins and ends, where its {@code AnyValue} does. */
    private int[] places = new int[4 * 16];

    private int size;

    /** Has the {@link #mark} of each key, so that most keys that are not there end a look-up. */
    private long marks;

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

    void clear(byte[] message) {
        bytes = message;
        size = 0;
        marks = 0;
    }

    /** Adds the attribute at hand, which was checked before. */
    void add(WireReader field) throws UnreadableException {
        if (!addUsual(field)) {
            addAny(field);
        }
    }

    /** Checks the attribute at hand, a field of a message, and adds it. */
    void addChecked(OtlpMessage message, OtlpChecker checker, WireReader field)
            throws UnreadableException {
        if (!addUsual(field)) {
            checker.checkField(message, field, bytes);
            addAny(field);
        }
    }

    /**
     * Checks and adds those of the usual form that stand one behind the other.
     *
     * @param tag theirs in their message, one byte
     * @return where what was not added begins
     */
    int addAll(int tag, int from, int to) {
        int at = from;
        while (to - at > 2 && bytes[at] == tag) {
            int content = at + 2;
            int length = bytes[at + 1];
            if (length < 0) {
                if (bytes[content] < 0) {
                    return at;
                }
                length = length & 0x7f | bytes[content] << 7;
                content++;
            }
            int end = content + length;
            if (end > to || !usual.read(bytes, content, end)) {
                return at;
            }
            add(UsualAttribute.keyFrom(content), usual.keyTo(), usual.valueFrom(), end);
            at = end;
        }
        return at;
    }

    private boolean addUsual(WireReader field) {
        if (!usual.read(bytes, field.from(), field.to())) {
            return false;
        }
        add(UsualAttribute.keyFrom(field.from()), usual.keyTo(), usual.valueFrom(), field.to());
        return true;
    }

    /** As protobuf has it, the last of a field counts, and an absent key is empty. */
    private void addAny(WireReader field) throws UnreadableException {
        int keyFrom = field.from();
        int keyTo = keyFrom;
        int valueFrom = keyFrom;
        int valueTo = keyFrom;
        reader.over(bytes, field.from(), field.to());
        while (reader.next()) {
            if (reader.is(KEY, LENGTH)) {
                keyFrom = reader.from();
                keyTo = reader.to();
            } else if (reader.is(VALUE, LENGTH)) {
                valueFrom = reader.from();
                valueTo = reader.to();
            }
        }
        add(keyFrom, keyTo, valueFrom, valueTo);
    }

    private void add(int keyFrom, int keyTo, int valueFrom, int valueTo) {
        int at = 4 * size;
        if (at == places.length) {
            places = Arrays.copyOf(places, 2 * at);
        }
        places[at] = keyFrom;
        places[at + 1] = keyTo;
        places[at + 2] = valueFrom;
        places[at + 3] = valueTo;
        marks |= mark(bytes, keyFrom, keyTo);
        size++;
    }

    /** One of 64 bits, by the key's length and last byte. */
    private static long mark(byte[] bytes, int from, int to) {
        return from == to ? 1 : 1L << 7 * (to - from) + bytes[to - 1];
    }

    public int size() {
        return size;
    }

    /**
     * Looks a key up; on success the value's getters speak of it. Of a key that stands there twice
     * the first counts.
     *
     * @param key in UTF-8
     */
    public boolean find(byte[] key) {
        value.clear();
        if ((marks & mark(key, 0, key.length)) == 0) {
            return false;
        }
        for (int at = 0; at < 4 * size; at += 4) {
            int from = places[at];
            int to = places[at + 1];
            if (to - from == key.length && Arrays.equals(bytes, from, to, key, 0, key.length)) {
                readValue(places[at + 2], places[at + 3]);
                return true;
            }
        }
        return false;
    }

    private void readValue(int from, int to) {
        try {
            value.read(bytes, from, to);
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
            for (int at = 0; at < 4 * size; at += 4) {
                String key = PlainValues.text(bytes, places[at], places[at + 1]);
                if (!entries.containsKey(key)) {
                    entries.put(key, PlainValues.value(bytes, places[at + 2], places[at + 3]));
                }
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

    /** A hash of the bytes of the value of kind TEXT or BYTES. */
    public long valueHash() {
        return value.hash();
    }

    /** Whether the value of kind TEXT is this one, in UTF-8. */
    public boolean textIs(byte[] text) {
        return value.textIs(text);
    }
}
