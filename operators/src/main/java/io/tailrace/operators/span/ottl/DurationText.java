package io.tailrace.operators.span.ottl;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Go writes them: {@code 1h30m}, {@code 1.5s}, {@code -300ms}. */
final class DurationText {

    private static final Pattern PART =
            Pattern.compile("([0-9]+\\.?[0-9]*|\\.[0-9]+)(ns|us|µs|μs|ms|s|m|h)");
    private static final Map<String, Long> UNITS =
            Map.of(
                    "ns", 1L,
                    "us", 1_000L,
                    "µs", 1_000L,
                    "μs", 1_000L,
                    "ms", 1_000_000L,
                    "s", 1_000_000_000L,
                    "m", 60_000_000_000L,
                    "h", 3_600_000_000_000L);

    private DurationText() {}

    static Type.Duration parse(String text) {
        boolean signed = text.startsWith("-") || text.startsWith("+");
        String parts = signed ? text.substring(1) : text;
        BigDecimal nanos = BigDecimal.ZERO;
        int end = parts.equals("0") ? 1 : 0;
        Matcher part = PART.matcher(parts);
        while (end < parts.length() && part.find(end) && part.start() == end) {
            BigDecimal unit = BigDecimal.valueOf(UNITS.get(part.group(2)));
            nanos = nanos.add(new BigDecimal(part.group(1)).multiply(unit));
            end = part.end();
        }
        if (end == 0 || end < parts.length()) {
            throw wrong(text);
        }
        try {
            BigDecimal directed = text.startsWith("-") ? nanos.negate() : nanos;
            return new Type.Duration(directed.setScale(0, RoundingMode.DOWN).longValueExact());
        } catch (ArithmeticException tooLong) {
            throw wrong(text);
        }
    }

    private static OttlEvaluationException wrong(String text) {
        return new OttlEvaluationException(
                "expected a duration such as \"1.5s\" or \"2h45m\", found \"%s\"".formatted(text));
    }
}
