package io.tailrace.jobs.cli;

import java.io.IOException;

/** A service could not be asked from here; the message says so in one line, for people. */
public final class UnreachedException extends IOException {

    private static final long serialVersionUID = 1L;

    UnreachedException(String message, Throwable cause) {
        super(message, cause);
    }
}
