package io.tailrace.operators.settings;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of bytes, written with a unit of 1000 ({@code KB}, {@code MB}, ...) or 1024 ({@code
 * KiB}, {@code MiB}, ...), or as a plain number.
 *
 * @param bytes at least zero
 */
public record ByteSize(long bytes) implements Comparable<ByteSize>, Serializable {

    /** What {@link #parse} reads, but for sizes that are no whole bytes or beyond a long. */
    public static final String PATTERN = "(0|[1-9][0-9]*)(\\.[0-9]+)?(B|[KMGT]i?B)?";

    private static final Pattern FORM = Pattern.compile(PATTERN);
    private static final List<String> UNITS = List.of("TiB", "GiB", "MiB", "KiB");

    public ByteSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("a size is not negative, but this is " + bytes);
        }
    }

    /**
     * Reads a size such as {@code 16MiB}, {@code 1.5GB} or {@code 4096}.
     *
     * @throws IllegalArgumentException where it is no size in whole bytes, or beyond a long
     */
    public static ByteSize parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException('"' + text + "\" is not a size such as 16MiB");
        }
        String unit = matcher.group(3) == null ? "B" : matcher.group(3);
        String number =
                matcher.group(2) == null ? matcher.group(1) : matcher.group(1) + matcher.group(2);
        BigDecimal bytes = new BigDecimal(number).multiply(BigDecimal.valueOf(factor(unit)));
        try {
            return new ByteSize(bytes.longValueExact());
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    '"' + text + "\" is not a number of whole bytes below 8 EiB", e);
        }
    }

    private static long factor(String unit) {
        long base = unit.length() == 3 ? 1024 : 1000;
        long factor = 1;
        for (int power = "BKMGT".indexOf(unit.charAt(0)); power > 0; power--) {
            factor *= base;
        }
        return factor;
    }

    @Override
    public int compareTo(ByteSize other) {
        return Long.compare(bytes, other.bytes);
    }

    /** The shortest text that reads as this size, with units of 1024. */
    @Override
    public String toString() {
        for (String unit : UNITS) {
            if (bytes > 0 && bytes % factor(unit) == 0) {
                return bytes / factor(unit) + unit;
            }
        }
        return Long.toString(bytes);
    }
}
