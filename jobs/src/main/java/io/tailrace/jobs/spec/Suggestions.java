package io.tailrace.jobs.spec;

import java.util.Collection;
import java.util.Locale;

/** Finds the word that was probably meant. */
final class Suggestions {

    private Suggestions() {}

    /**
     * The nearest of the right words, the first of several; empty where more than about a third of
     * the letters would be wrong. Case, hyphens and camel case count for nothing.
     */
    static String nearest(String written, Collection<String> words) {
        String from = normal(written);
        String nearest = "";
        int least = Integer.MAX_VALUE;
        for (String word : words) {
            String to = normal(word);
            int distance = distance(from, to);
            int tolerated = Math.max(1, Math.max(from.length(), to.length()) / 3);
            if (distance <= tolerated && distance < least && distance < to.length()) {
                nearest = word;
                least = distance;
            }
        }
        return nearest;
    }

    private static String normal(String word) {
        return Names.snakeCase(word).replace('-', '_').toLowerCase(Locale.ROOT);
    }

    /** Damerau-Levenshtein distance in its optimal string alignment form. */
    private static int distance(String from, String to) {
        int[][] d = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int change = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
                d[i][j] =
                        Math.min(d[i - 1][j - 1] + change, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
                boolean swapped =
                        i > 1
                                && j > 1
                                && from.charAt(i - 1) == to.charAt(j - 2)
                                && from.charAt(i - 2) == to.charAt(j - 1);
                if (swapped) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[from.length()][to.length()];
    }
}
