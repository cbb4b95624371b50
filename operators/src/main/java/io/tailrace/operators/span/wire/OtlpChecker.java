package io.tailrace.operators.span.wire;

import io.tailrace.operators.input.UnreadableException;

/**
 * Makes sure that any protobuf parser will read a message to its last leaf: its fields, those of
 * the messages in it, its texts' UTF-8, its depth. Without it one span with a broken attribute
 * would make the whole kept trace unreadable for whoever consumes it.
 */
public final class OtlpChecker {

    /** Parsers stop at 100; a span lies three deep in a request. */
    static final int MOST_DEPTH = 96;

    /** A plain value is in an attribute, which is in a message. */
    private static final int ATTRIBUTE_DEPTH = 2;

    private final UsualAttribute attribute = new UsualAttribute();
    private final WireReader[] readers = new WireReader[MOST_DEPTH];

    /**
     * @throws UnreadableException with the first thing that is wrong
     */
    public void check(OtlpMessage message, byte[] bytes, int from, int to)
            throws UnreadableException {
        check(message, bytes, from, to, 0);
    }

    private void check(OtlpMessage message, byte[] bytes, int from, int to, int depth)
            throws UnreadableException {
        if (depth == MOST_DEPTH) {
            throw WireReader.malformed("messages nested too deep", from);
        }
        WireReader reader = reader(depth).over(bytes, from, to, MOST_DEPTH - depth);
        while (reader.next()) {
            checkField(message, reader, bytes, depth);
        }
    }

    /** Checks the field at hand of a message that itself is at no depth. */
    void checkField(OtlpMessage message, WireReader reader, byte[] bytes)
            throws UnreadableException {
        checkField(message, reader, bytes, 0);
    }

    private void checkField(OtlpMessage message, WireReader reader, byte[] bytes, int depth)
            throws UnreadableException {
        int field = reader.field();
        if (!message.allows(field, reader.type())) {
            throw WireReader.malformed(
                    "field %d of %s as wire type %d".formatted(field, message, reader.type()),
                    reader.start());
        }
        if (reader.type() != WireReader.LENGTH) {
            return;
        }
        OtlpMessage inner = message.message(field);
        if (inner != null) {
            if (inner != OtlpMessage.KEY_VALUE
                    || depth >= MOST_DEPTH - ATTRIBUTE_DEPTH
                    || !attribute.read(bytes, reader.from(), reader.to())) {
                check(inner, bytes, reader.from(), reader.to(), depth + 1);
            }
        } else if (message.isText(field)) {
            checkText(reader, bytes);
        }
    }

    /** Checks that the field at hand is a text. */
    void checkText(WireReader reader, byte[] bytes) throws UnreadableException {
        if (!Utf8.isValid(bytes, reader.from(), reader.to())) {
            throw WireReader.malformed("a text that is not UTF-8", reader.start());
        }
    }

    private WireReader reader(int depth) {
        if (readers[depth] == null) {
            readers[depth] = new WireReader();
        }
        return readers[depth];
    }
}
