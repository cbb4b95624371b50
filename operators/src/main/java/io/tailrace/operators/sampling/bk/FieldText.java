package io.tailrace.operators.sampling.bk;

import io.tailrace.operators.span.bkjson.AttributeText;
import io.tailrace.operators.span.wire.Attributes;

/** An attribute's value as text: a text as it is, all else as JSON writes it. */
final class FieldText {

    private FieldText() {}

    static String of(Attributes found) {
        return switch (found.kind()) {
            case TEXT -> found.text();
            case INT -> Long.toString(found.intValue());
            case BOOL -> Boolean.toString(found.boolValue());
            case DOUBLE -> Double.toString(found.doubleValue());
            case ARRAY -> AttributeText.ofArray(found.valueBytes());
            case LIST -> AttributeText.ofList(found.valueBytes());
            case BYTES -> AttributeText.ofBytes(found.valueBytes());
            case NONE -> throw new IllegalArgumentException("A value that is none has no text");
        };
    }
}
