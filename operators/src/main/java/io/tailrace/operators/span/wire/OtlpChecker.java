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
            if (!message.allows(reader.field(), reader.type())) {
                throw WireReader.malformed(
                        "field %d of %s as wire type %d"
                                .formatted(reader.field(), message, reader.type()),
                        reader.start());
            }
            if (reader.type() != WireReader.LENGTH) {
                continue;
            }
            OtlpMessage inner = message.message(reader.field());
            if (inner != null) {
                check(inner, bytes, reader.from(), reader.to(), depth + 1);
            } else if (message.isText(reader.field())
                    && !Utf8.isValid(bytes, reader.from(), reader.to())) {
                throw WireReader.malformed("a text that is not UTF-8", reader.start());
            }
        }
    }

    private WireReader reader(int depth) {
        if (readers[depth] == null) {
            readers[depth] = new WireReader();
        }
        return readers[depth];
    }
}
