package io.tailrace.jobs.http;

/** Java's stacks as services show them. */
public final class StackText {

    private static final String CAUSED_BY = "Caused by: ";

    private StackText() {}

    /** The innermost cause that says something, without its package; the first line without one. */
    public static String cause(String stack) {
        String cause = stack.lines().findFirst().orElse("");
        for (String line : stack.lines().toList()) {
            if (line.startsWith(CAUSED_BY) && line.indexOf(": ", CAUSED_BY.length()) > 0) {
                cause = line;
            }
        }
        return cause.replaceFirst("^(Caused by: )?[a-zA-Z0-9_.$]+\\.([A-Z]\\w*: )", "$2");
    }
}
