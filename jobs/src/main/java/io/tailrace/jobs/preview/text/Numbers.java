package io.tailrace.jobs.preview.text;

import java.time.Instant;
import java.util.Locale;

/** Numbers and names as people read them. */
final class Numbers {

    private Numbers() {}

    /** {@code 1,234}. */
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code +1,234}, {@code -5} or {@code 0}. */
    static String change(long number) {
        return number == 0 ? "0" : String.format(Locale.ROOT, "%+,d", number);
    }

    /** {@code 12.3 %}. */
    static String percent(long part, long whole) {
        return String.format(Locale.ROOT, "%.1f %%", whole == 0 ? 0 : 100.0 * part / whole);
    }

    /** Nanoseconds as {@code 1.234 ms}. */
    static String millis(long nanos) {
        return String.format(Locale.ROOT, "%,.3f ms", nanos / 1e6);
    }

    /** {@code SPAN_LIMIT} as {@code span limit}. */
    static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    static String moment(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    static String service(String name) {
        return name == null ? "(no service.name)" : name;
    }
}
