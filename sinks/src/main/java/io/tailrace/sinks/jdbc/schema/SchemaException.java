package io.tailrace.sinks.jdbc.schema;

import java.io.IOException;

/** The tables are not as this program needs them; the message says what to do, in one line. */
public final class SchemaException extends IOException {

    private static final long serialVersionUID = 1L;

    SchemaException(String message) {
        super(message);
    }
}
