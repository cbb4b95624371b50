package io.tailrace.jobs.spec;

import java.util.Locale;
import java.util.regex.Pattern;

/** From the names of Java to those of a spec. */
public final class Names {

    private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

    private Names() {}

    /** {@code maxSpansPerTrace} and {@code MaxSpansPerTrace} to {@code max_spans_per_trace}. */
    public static String snakeCase(String name) {
        return HUMP.matcher(name).replaceAll("_").toLowerCase(Locale.ROOT);
    }

    /** {@code LeafPolicy} to {@code leaf policy}. */
    static String words(String name) {
        return snakeCase(name).replace('_', ' ');
    }
}
