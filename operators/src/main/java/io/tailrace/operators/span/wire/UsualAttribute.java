package io.tailrace.operators.span.wire;

/**
 * Reads attributes that are written as all encoders write nearly all of them: the key, then one
 * plain value, each in as few bytes as it needs. It takes nothing that {@link OtlpChecker} refuses;
 * what it does not take is left to slower readers.
 */
final class UsualAttribute {

    private static final int KEY_TAG = 1 << 3 | WireReader.LENGTH;
    private static final int VALUE_TAG = 2 << 3 | WireReader.LENGTH;
    private static final int TEXT_TAG = 1 << 3 | WireReader.LENGTH;
    private static final int BOOL_TAG = 2 << 3 | WireReader.VARINT;
    private static final int INT_TAG = 3 << 3 | WireReader.VARINT;
    private static final int DOUBLE_TAG = 4 << 3 | WireReader.FIXED64;
    private static final int MOST_VARINT = 10;

    private int keyTo;
    private int valueFrom;

    /**
     * Reads the {@code KeyValue} in {@code bytes[from..to)}.
     *
     * @return false where it is an unusual or a broken one
     */
    boolean read(byte[] bytes, int from, int to) {
        if (to - from < 4 || bytes[from] != KEY_TAG || bytes[from + 1] < 0) {
            return false;
        }
        int keyEnd = from + 2 + bytes[from + 1];
        if (keyEnd > to - 2 || bytes[keyEnd] != VALUE_TAG) {
            return false;
        }
        int value = content(bytes, keyEnd + 1, to);
        if (value < 0 || !isUsual(bytes, from + 2, keyEnd, value, to)) {
            return false;
        }
        keyTo = keyEnd;
        valueFrom = value;
        return true;
    }

    private static boolean isUsual(byte[] bytes, int keyFrom, int keyTo, int from, int to) {
        if (from == to) {
            return Utf8.isValid(bytes, keyFrom, keyTo);
        }
        switch (bytes[from]) {
            case TEXT_TAG -> {
                int text = content(bytes, from + 1, to);
                // Mostly the tags and lengths between key and text are ASCII as well.
                return text >= 0
                        && (Utf8.isAscii(bytes, keyFrom, to)
                                || Utf8.isValid(bytes, keyFrom, keyTo)
                                        && Utf8.isValid(bytes, text, to));
            }
            case BOOL_TAG, INT_TAG -> {
                return isVarint(bytes, from + 1, to) && Utf8.isValid(bytes, keyFrom, keyTo);
            }
            case DOUBLE_TAG -> {
                return to - from == 1 + Long.BYTES && Utf8.isValid(bytes, keyFrom, keyTo);
            }
            default -> {
                return false;
            }
        }
    }

    private static boolean isVarint(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] < 0) {
            at++;
        }
        return at == to - 1 && to - from <= MOST_VARINT;
    }

    /**
     * Where the content of the last field of a message begins.
     *
     * @param at where its length is
     * @return -1 unless the length has one or two bytes and ends the field just at {@code to}
     */
    private static int content(byte[] bytes, int at, int to) {
        if (at >= to) {
            return -1;
        }
        int from = at + 1;
        int length = bytes[at];
        if (length < 0) {
            if (from == to || bytes[from] < 0) {
                return -1;
            }
            length = length & 0x7f | bytes[from] << 7;
            from++;
        }
        return to - from == length ? from : -1;
    }

    /** Where the key of the last one begins that was read, for where that one did. */
    static int keyFrom(int from) {
        return from + 2;
    }

    int keyTo() {
        return keyTo;
    }

    /** Where its {@code AnyValue} begins; it ends with the attribute. */
    int valueFrom() {
        return valueFrom;
    }
}
