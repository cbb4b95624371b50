package io.tailrace.jobs.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A text whose references {@code ${NAME}} and {@code ${NAME:-default}} were replaced from the
 * environment. As in a shell, the default also stands in for a variable that is set to nothing, and
 * may hold references itself. A second dollar sign before one makes it plain text.
 *
 * @param value the text with all references replaced
 * @param variables the values that came from the environment
 * @param referenced whether there was a reference at all
 * @param literalDefault whether some reference had a default with text of its own
 * @param unset the variables that have neither value nor default
 * @param malformed a reference that is none; empty if all are well formed
 */
record Substitution(
        String value,
        List<String> variables,
        boolean referenced,
        boolean literalDefault,
        List<String> unset,
        String malformed) {

    static Substitution of(String text, Map<String, String> environment) {
        return text.contains("${") ? new Scan(text, environment).run() : literal(text);
    }

    private static Substitution literal(String text) {
        return new Substitution(text, List.of(), false, false, List.of(), "");
    }

    /** One pass over a text from left to right. */
    private static final class Scan {
        private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

        private final String text;
        private final Map<String, String> environment;
        private final StringBuilder value = new StringBuilder();
        private final List<String> variables = new ArrayList<>();
        private final List<String> unset = new ArrayList<>();
        private boolean referenced;
        private boolean literalDefault;
        private String malformed = "";

        Scan(String text, Map<String, String> environment) {
            this.text = text;
            this.environment = environment;
        }

        Substitution run() {
            int at = 0;
            while (at < text.length() && malformed.isEmpty()) {
                if (text.startsWith("$${", at)) {
                    value.append("${");
                    at += 3;
                } else if (text.startsWith("${", at)) {
                    int end = end(at);
                    if (end < 0) {
                        malformed = text.substring(at);
                    } else {
                        reference(text.substring(at, end + 1));
                        at = end + 1;
                    }
                } else {
                    value.append(text.charAt(at++));
                }
            }
            return new Substitution(
                    value.toString(), variables, referenced, literalDefault, unset, malformed);
        }

        /** Where the brace closes that opens a reference, whose default may hold references. */
        private int end(int start) {
            int depth = 0;
            for (int at = start; at < text.length(); at++) {
                if (text.startsWith("${", at)) {
                    depth++;
                } else if (text.charAt(at) == '}' && --depth == 0) {
                    return at;
                }
            }
            return -1;
        }

        private void reference(String reference) {
            String inner = reference.substring(2, reference.length() - 1);
            int separator = inner.indexOf(":-");
            String name = separator < 0 ? inner : inner.substring(0, separator);
            if (!NAME.matcher(name).matches()) {
                malformed = reference;
                return;
            }
            referenced = true;
            String found = environment.get(name);
            if (separator >= 0) {
                standIn(inner.substring(separator + 2), found == null || found.isEmpty());
            }
            if (found != null && (separator < 0 || !found.isEmpty())) {
                value.append(found);
                variables.add(found);
            } else if (separator < 0) {
                unset.add(name);
            }
        }

        private void standIn(String written, boolean needed) {
            Substitution standIn = of(written, environment);
            literalDefault |= !of(written, Map.of()).value().isEmpty();
            if (!standIn.malformed.isEmpty()) {
                malformed = standIn.malformed;
            } else if (needed) {
                value.append(standIn.value);
                variables.addAll(standIn.variables);
                unset.addAll(standIn.unset);
            }
        }
    }
}
