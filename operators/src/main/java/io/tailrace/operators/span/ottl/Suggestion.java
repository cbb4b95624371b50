package io.tailrace.operators.span.ottl;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Says what a user may have meant by a name that nobody knows. */
final class Suggestion {

    private Suggestion() {}

    static String unknown(String what, String name, Collection<String> known) {
        String message = "unknown %s '%s'".formatted(what, name);
        String nearest =
                known.stream()
                        .min(Comparator.comparingInt(each -> distance(name, each)))
                        .filter(each -> distance(name, each) <= Math.max(2, name.length() / 3))
                        .orElse(null);
        return nearest == null
                ? "%s; known are %s".formatted(message, String.join(", ", known))
                : "%s; did you mean '%s'? Known are %s"
                        .formatted(message, nearest, String.join(", ", known));
    }

    /** How many letters must be put, taken or changed, but for their case. */
    private static int distance(String left, String right) {
        String from = left.toLowerCase(Locale.ROOT);
        String to = right.toLowerCase(Locale.ROOT);
        int[] costs = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            costs[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = costs[0];
            costs[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int change = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = costs[j];
                costs[j] = Math.min(change, 1 + Math.min(costs[j], costs[j - 1]));
            }
        }
        return costs[to.length()];
    }
}
