package io.tailrace.operators.sampling.bk;

import io.tailrace.operators.span.wire.Attributes;
import io.tailrace.operators.span.wire.Attributes.ValueKind;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** Whether a text is, or is not, one of some. */
final class OneOfTexts implements ValueTest {

    private final Set<String> texts;
    private final byte[][] encoded;
    private final boolean wanted;

    OneOfTexts(List<String> values, boolean wanted) {
        this.texts = Set.copyOf(values);
        this.encoded =
                texts.stream()
                        .map(text -> text.getBytes(StandardCharsets.UTF_8))
                        .toArray(byte[][]::new);
        this.wanted = wanted;
    }

    @Override
    public boolean onText(String text) {
        return texts.contains(text) == wanted;
    }

    @Override
    public boolean onWhole(long number) {
        return onText(Long.toString(number));
    }

    @Override
    public boolean onAttribute(Attributes found) {
        return found.kind() == ValueKind.TEXT
                ? isOne(found) == wanted
                : onText(FieldText.of(found));
    }

    /** Compares bytes, so that no text is made. */
    private boolean isOne(Attributes found) {
        for (byte[] each : encoded) {
            if (found.textIs(each)) {
                return true;
            }
        }
        return false;
    }
}
