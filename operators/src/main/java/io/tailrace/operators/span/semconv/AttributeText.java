package io.tailrace.operators.span.semconv;

import io.tailrace.operators.span.wire.Attributes;
import io.tailrace.operators.span.wire.Utf8Builder;

import java.nio.charset.StandardCharsets;

/** The text of an attribute under its old or its new name. */
public final class AttributeText {

    private final byte[][] keys;

    /**
     * @param attribute its key, old or new
     */
    public AttributeText(String attribute) {
        keys =
                Semconv.BOTH.names(attribute).stream()
                        .map(name -> name.getBytes(StandardCharsets.UTF_8))
                        .toArray(byte[][]::new);
    }

    /** Of the first name that has a text that is not empty. */
    public void appendTo(Attributes attributes, Utf8Builder out) {
        int before = out.length();
        for (byte[] key : keys) {
            if (attributes.find(key)) {
                attributes.value().appendTextTo(out);
                if (out.length() > before) {
                    return;
                }
            }
        }
    }

    /** Whether it is there with any value but an empty text. */
    public boolean isIn(Attributes attributes) {
        for (byte[] key : keys) {
            if (attributes.find(key)
                    && attributes.kind() != Attributes.ValueKind.NONE
                    && (attributes.kind() != Attributes.ValueKind.TEXT
                            || attributes.length() > 0)) {
                return true;
            }
        }
        return false;
    }
}
