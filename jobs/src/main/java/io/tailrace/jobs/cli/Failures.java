package io.tailrace.jobs.cli;

import org.apache.flink.util.SerializedThrowable;

/** Says what went wrong in words, where the log has the stack. */
public final class Failures {

    private static final int MOST = 500;

    private Failures() {}

    /** The innermost cause that says anything, in one line. */
    public static String inOneLine(Throwable failure) {
        Throwable cause = failure;
        String words = describe(failure);
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
            if (cause.getMessage() != null) {
                words = describe(cause);
            }
        }
        return words.length() <= MOST ? words : words.substring(0, MOST) + "...";
    }

    private static String describe(Throwable failure) {
        String message = failure.getMessage();
        if (message == null) {
            return failure.getClass().getSimpleName();
        }
        String line = message.strip().split("\\R", 2)[0];
        // Across the cluster's threads exceptions travel as their text.
        return failure instanceof SerializedThrowable
                ? line.replaceFirst("^[a-z0-9_.]+\\.([A-Z]\\w*: )", "$1")
                : line;
    }
}
