package io.tailrace.operators.span.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Where a text field of a message is; empty where the message has none. */
final class TextField {

    private int from;
    private int to;

    void set(WireReader field) {
        from = field.from();
        to = field.to();
    }

    void clear() {
        from = 0;
        to = 0;
    }

    String in(byte[] bytes) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    /** Whether it is this text, in UTF-8. */
    boolean is(byte[] text, byte[] bytes) {
        return Arrays.equals(bytes, from, to, text, 0, text.length);
    }

    void appendTo(Utf8Builder out, byte[] bytes) {
        out.append(bytes, from, to);
    }
}
