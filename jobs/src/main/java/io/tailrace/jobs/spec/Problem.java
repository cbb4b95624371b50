package io.tailrace.jobs.spec;

/**
 * One mistake in a spec.
 *
 * @param source the file as it was named, or {@code --set} and its path
 * @param line in the file, from one; zero for a {@code --set} and for the file as a whole
 * @param column likewise
 * @param path of the value, such as {@code tail_sampling.policies[1].type}; empty for the whole
 * @param value as written; empty where it is missing, no single value, or a secret
 * @param complaint what is wrong, such as {@code "latncy" is not a policy type}
 * @param expected what would be right, to follow "expected"; empty where the complaint says it all
 * @param suggestion what was probably meant; empty where nothing comes near
 */
public record Problem(
        String source,
        int line,
        int column,
        String path,
        String value,
        String complaint,
        String expected,
        String suggestion) {

    private static final String UNSET = "the environment variable %s is not set";

    private static final String MISSING = " does not exist";

    /** Of a file that a value names. */
    static String missing(String file) {
        return file + MISSING;
    }

    static String unset(String variable) {
        return UNSET.formatted(variable);
    }

    /** Whether the spec is right here, but for a variable of the environment. */
    public boolean isUnset() {
        return complaint.matches(UNSET.formatted("\\S+"));
    }

    /** Whether it need not be one on another machine, for its variables and files. */
    public boolean isOfThisMachine() {
        return isUnset() || complaint.endsWith(MISSING);
    }

    /** All of it in one line. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(source);
        if (line > 0) {
            text.append(':').append(line);
        }
        text.append(": ");
        if (!path.isEmpty() && !source.equals("--set " + path)) {
            text.append(path).append(": ");
        }
        text.append(complaint);
        if (!suggestion.isEmpty()) {
            text.append("; did you mean \"").append(suggestion).append("\"?");
        }
        if (!expected.isEmpty()) {
            text.append(suggestion.isEmpty() ? "; expected " : " Expected ").append(expected);
        }
        return text.toString();
    }
}
