package io.tailrace.operators.span.semconv;

import io.tailrace.operators.span.wire.Attributes;
import io.tailrace.operators.span.wire.Utf8Builder;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** The text of an attribute under its old or its new name. */
public final class AttributeText {

    private final byte[][] keys;

    /**
     * @param attribute its key, old or new
     */
    public AttributeText(String attribute) {
        this(Semconv.BOTH.names(attribute));
    }

    private AttributeText(List<String> names) {
        keys =
                names.stream()
                        .map(name -> name.getBytes(StandardCharsets.UTF_8))
                        .toArray(byte[][]::new);
    }

    /** Under exactly these names, of which an earlier one goes before a later one. */
    public static AttributeText ofFirst(String... names) {
        return new AttributeText(List.of(names));
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

    /** The same, where a list has the text of its first element. */
    public void appendFirstTo(Attributes attributes, Utf8Builder out) {
        int before = out.length();
        for (byte[] key : keys) {
            if (attributes.find(key)) {
                if (attributes.kind() == Attributes.ValueKind.ARRAY) {
                    attributes.value().enter(0);
                }
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
