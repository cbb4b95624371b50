package io.tailrace.operators.span.ottl;

import java.util.List;
import java.util.Map;

/** What a value is. Each has its own class of object, so that it can be told from the object. */
enum Type {
    NIL("nil"),
    BOOL("a bool"),
    INT("an int"),
    DOUBLE("a float"),
    STRING("a string"),
    /** {@code byte[]}; ids are bytes, too. */
    BYTES("bytes"),
    TIME("a time"),
    DURATION("a duration"),
    /** {@code List<Object>}. */
    LIST("a list"),
    /** {@code Map<String, Object>}. */
    MAP("a map"),
    /** Known only with the span. */
    ANY("a value");

    private final String described;

    Type(String described) {
        this.described = described;
    }

    /** As a message names it, with its article. */
    String described() {
        return described;
    }

    static Type of(Object value) {
        if (value == null) {
            return NIL;
        } else if (value instanceof String) {
            return STRING;
        } else if (value instanceof Long) {
            return INT;
        } else if (value instanceof Double) {
            return DOUBLE;
        } else if (value instanceof Boolean) {
            return BOOL;
        } else if (value instanceof byte[]) {
            return BYTES;
        } else if (value instanceof Time) {
            return TIME;
        } else if (value instanceof Duration) {
            return DURATION;
        } else if (value instanceof List) {
            return LIST;
        } else if (value instanceof Map) {
            return MAP;
        }
        throw new IllegalStateException("No value of a condition: " + value.getClass());
    }

    /**
     * @param nanos since the epoch
     */
    record Time(long nanos) {}

    record Duration(long nanos) {}
}
