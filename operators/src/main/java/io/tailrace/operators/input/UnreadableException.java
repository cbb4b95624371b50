package io.tailrace.operators.input;

/** A record of which nothing can be read. */
public final class UnreadableException extends Exception {

    private static final long serialVersionUID = 1L;

    private final DeadLetter.Reason reason;

    public UnreadableException(DeadLetter.Reason reason, String error) {
        // Bad input may come in masses, and nobody reads its stack.
        super(error, null, false, false);
        this.reason = reason;
    }

    public DeadLetter.Reason reason() {
        return reason;
    }
}
