package io.tailrace.operators.span.wire;

import io.tailrace.operators.input.UnreadableException;
import io.tailrace.operators.span.wire.Attributes.ValueKind;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static io.tailrace.operators.span.wire.WireReader.LENGTH;

/** Turns values into plain objects, for what cannot be told from the bytes in place. */
final class PlainValues {

    private PlainValues() {}

    static Object of(ValueKind kind, long number, byte[] bytes, int from, int to)
            throws UnreadableException {
        return switch (kind) {
            case NONE -> null;
            case TEXT -> text(bytes, from, to);
            case BOOL -> number != 0;
            case INT -> number;
            case DOUBLE -> Double.longBitsToDouble(number);
            case BYTES -> Arrays.copyOfRange(bytes, from, to);
            case ARRAY -> list(bytes, from, to);
            case LIST -> map(bytes, from, to);
        };
    }

    static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    private static List<Object> list(byte[] bytes, int from, int to) throws UnreadableException {
        List<Object> elements = new ArrayList<>();
        WireReader reader = new WireReader().over(bytes, from, to);
        while (reader.next()) {
            if (reader.is(1, LENGTH)) {
                elements.add(value(bytes, reader.from(), reader.to()));
            }
        }
        return elements;
    }

    private static Map<String, Object> map(byte[] bytes, int from, int to)
            throws UnreadableException {
        Map<String, Object> entries = new LinkedHashMap<>();
        WireReader reader = new WireReader().over(bytes, from, to);
        while (reader.next()) {
            if (reader.is(1, LENGTH)) {
                addEntry(entries, bytes, reader.from(), reader.to());
            }
        }
        return entries;
    }

    /** Adds a {@code KeyValue}, unless its key is there. */
    private static void addEntry(Map<String, Object> entries, byte[] bytes, int from, int to)
            throws UnreadableException {
        String key = "";
        Object value = null;
        WireReader reader = new WireReader().over(bytes, from, to);
        while (reader.next()) {
            if (reader.is(1, LENGTH)) {
                key = text(bytes, reader.from(), reader.to());
            } else if (reader.is(2, LENGTH)) {
                value = value(bytes, reader.from(), reader.to());
            }
        }
        if (!entries.containsKey(key)) {
            entries.put(key, value);
        }
    }

    static Object value(byte[] bytes, int from, int to) throws UnreadableException {
        Object value = null;
        WireReader reader = new WireReader().over(bytes, from, to);
        while (reader.next()) {
            ValueKind kind = ValueView.kindOf(reader.field(), reader.type());
            if (kind != ValueKind.NONE) {
                value = of(kind, reader.value(), bytes, reader.from(), reader.to());
            }
        }
        return value;
    }
}
