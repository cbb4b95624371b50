package io.tailrace.operators.span.ottl;

import com.fasterxml.jackson.core.io.NumberOutput;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * The text of any value, where a function takes any as a string: numbers in decimal, bytes in
 * hexadecimal, lists and maps as JSON.
 */
final class Strings {

    private static final double LEAST_PLAIN = 1e-6;
    private static final double LEAST_SCIENTIFIC = 1e21;
    private static final long NANOS = 1_000_000_000L;

    private Strings() {}

    /** Null for nil. */
    static String of(Object value) {
        if (value == null) {
            return null;
        } else if (value instanceof Double number) {
            return decimal(number);
        } else if (value instanceof byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        } else if (value instanceof Type.Time time) {
            return Instant.ofEpochSecond(
                            Math.floorDiv(time.nanos(), NANOS), Math.floorMod(time.nanos(), NANOS))
                    .toString();
        } else if (value instanceof Type.Duration duration) {
            return Long.toString(duration.nanos());
        } else if (value instanceof List || value instanceof Map) {
            return Json.of(value);
        }
        return value.toString();
    }

    /** The shortest decimal that reads as the same float, as JSON of the Collector has it. */
    static String decimal(double number) {
        if (!Double.isFinite(number)) {
            throw new OttlEvaluationException("a float that is no number has no text");
        }
        if (number == 0) {
            return 1 / number < 0 ? "-0" : "0";
        }
        BigDecimal exact = new BigDecimal(NumberOutput.toString(number, true)).stripTrailingZeros();
        double magnitude = Math.abs(number);
        if (magnitude >= LEAST_PLAIN && magnitude < LEAST_SCIENTIFIC) {
            return exact.toPlainString();
        }
        String digits = exact.unscaledValue().abs().toString();
        int exponent = digits.length() - 1 - exact.scale();
        return (number < 0 ? "-" : "")
                + digits.charAt(0)
                + (digits.length() > 1 ? "." + digits.substring(1) : "")
                + (exponent < 0 ? "e" : "e+")
                + exponent;
    }
}
