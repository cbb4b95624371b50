package io.tailrace.operators.span.json;

import io.tailrace.operators.input.DeadLetter;

/** Well-formed JSON that OTLP does not allow; the smallest part that can go without goes. */
final class BadValueException extends Exception {

    private static final long serialVersionUID = 1L;

    private final DeadLetter.Reason reason;

    BadValueException(DeadLetter.Reason reason, String error) {
        // Bad input may come in masses, and nobody reads its stack.
        super(error, null, false, false);
        this.reason = reason;
    }

    DeadLetter.Reason reason() {
        return reason;
    }
}
