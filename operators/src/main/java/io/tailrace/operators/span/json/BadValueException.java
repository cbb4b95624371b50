package io.tailrace.operators.span.json;

import com.fasterxml.jackson.core.JsonParser;
import io.tailrace.operators.input.DeadLetter;

import java.io.IOException;

/**
 * Well-formed JSON that its encoding does not allow; the smallest part that can go without goes.
 */
public final class BadValueException extends Exception {

    private static final long serialVersionUID = 1L;

    private final DeadLetter.Reason reason;

    public BadValueException(DeadLetter.Reason reason, String error) {
        // Bad input may come in masses, and nobody reads its stack.
        super(error, null, false, false);
        this.reason = reason;
    }

    /** The value at hand is not what belongs there. */
    static BadValueException expected(JsonParser parser, String words) throws IOException {
        return expected(parser, DeadLetter.Reason.UNEXPECTED_VALUE, words);
    }

    static BadValueException expected(JsonParser parser, DeadLetter.Reason reason, String words)
            throws IOException {
        String name = parser.currentName();
        return new BadValueException(
                reason,
                (name == null ? "element" : name)
                        + " at byte "
                        + parser.currentTokenLocation().getByteOffset()
                        + ": expected "
                        + words);
    }

    public DeadLetter.Reason reason() {
        return reason;
    }
}
