package io.tailrace.jobs.spec;

/** References to the environment, as JSON Schema sees them. */
final class References {

    /** A text with a reference, of which only the reader can tell what it will be. */
    static final String PATTERN = "\\$\\{";

    private References() {}

    /** A pattern for texts that match another one, or hold a reference. */
    static String orReference(String pattern) {
        return "^(" + pattern + ")$|" + PATTERN;
    }
}
