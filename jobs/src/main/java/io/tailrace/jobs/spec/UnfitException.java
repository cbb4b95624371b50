package io.tailrace.jobs.spec;

/** A text that cannot be read as the type it is meant for. */
final class UnfitException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String suggestion;

    UnfitException() {
        this("");
    }

    UnfitException(String suggestion) {
        super("", null, false, false);
        this.suggestion = suggestion;
    }

    /** What was probably meant, or empty. */
    String suggestion() {
        return suggestion;
    }
}
