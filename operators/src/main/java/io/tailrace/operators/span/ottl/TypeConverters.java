package io.tailrace.operators.span.ottl;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import static io.tailrace.operators.span.ottl.Converter.named;
import static io.tailrace.operators.span.ottl.Parameter.any;
import static io.tailrace.operators.span.ottl.Parameter.string;

/** Functions that ask for a value's type, or change it. What cannot be changed becomes nil. */
final class TypeConverters {

    private static final Set<String> TRUE = Set.of("1", "t", "T", "true", "TRUE", "True");
    private static final Set<String> FALSE = Set.of("0", "f", "F", "false", "FALSE", "False");

    static final List<Converter> ALL =
            List.of(
                    is("IsString", Type.STRING),
                    is("IsInt", Type.INT),
                    is("IsDouble", Type.DOUBLE),
                    is("IsBool", Type.BOOL),
                    is("IsMap", Type.MAP),
                    is("IsList", Type.LIST),
                    named("IsEmpty", Type.BOOL, each -> isEmpty(each.any(0)), any("value")),
                    named("String", Type.ANY, each -> Strings.of(each.any(0)), any("value")),
                    named("Int", Type.ANY, each -> whole(each.any(0)), any("value")),
                    named("Double", Type.ANY, each -> fraction(each.any(0)), any("value")),
                    named("Bool", Type.ANY, each -> truth(each.any(0)), any("value")),
                    named(
                            "ParseInt",
                            Type.INT,
                            each -> parse(each.text(0), each.whole(1)),
                            string("target"),
                            Parameter.of("base", Type.INT)));

    private TypeConverters() {}

    private static Converter is(String name, Type type) {
        return named(name, Type.BOOL, each -> Type.of(each.any(0)) == type, any("value"));
    }

    private static boolean isEmpty(Object value) {
        return switch (Type.of(value)) {
            case NIL -> true;
            case STRING -> ((String) value).isEmpty();
            case INT, DOUBLE -> ((Number) value).doubleValue() == 0;
            case BOOL -> !((Boolean) value);
            case BYTES -> isNoId((byte[]) value);
            case LIST -> ((List<?>) value).isEmpty();
            case MAP -> ((java.util.Map<?, ?>) value).isEmpty();
            case DURATION -> ((Type.Duration) value).nanos() == 0;
            case TIME, ANY -> false;
        };
    }

    /** No bytes at all, or the zeros of an id that is not set. */
    private static boolean isNoId(byte[] bytes) {
        boolean maybeId = bytes.length == 8 || bytes.length == 16;
        return bytes.length == 0 || maybeId && Arrays.equals(bytes, new byte[bytes.length]);
    }

    private static Object whole(Object value) {
        if (value instanceof Double number) {
            return number.longValue();
        } else if (value instanceof Boolean truth) {
            return truth ? 1L : 0L;
        } else if (value instanceof String text) {
            return text.matches("[-+]?[0-9]+") ? longOrNull(text, 10) : null;
        }
        return value instanceof Long ? value : null;
    }

    private static Object fraction(Object value) {
        if (value instanceof Long number) {
            return (double) number;
        } else if (value instanceof Boolean truth) {
            return truth ? 1.0 : 0.0;
        } else if (value instanceof String text) {
            return parseFraction(text);
        }
        return value instanceof Double ? value : null;
    }

    private static Object parseFraction(String text) {
        if (text.matches("[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?")) {
            double number = Double.parseDouble(text);
            return Double.isInfinite(number) ? null : number;
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
            case "nan" -> Double.NaN;
            default -> null;
        };
    }

    private static Object truth(Object value) {
        if (value instanceof Number number) {
            return number.doubleValue() != 0;
        } else if (value instanceof String text) {
            return TRUE.contains(text) ? Boolean.TRUE : FALSE.contains(text) ? false : null;
        }
        return value instanceof Boolean ? value : null;
    }

    private static Long longOrNull(String text, int base) {
        try {
            return Long.parseLong(text, base);
        } catch (NumberFormatException wrong) {
            return null;
        }
    }

    /** Base 0 is told by the prefix; low lines may stand between its digits. */
    private static Object parse(String text, long base) {
        if (base < 0 || base == 1 || base > 36) {
            throw new OttlEvaluationException("ParseInt needs a base of 0 or 2 to 36");
        }
        String sign = text.startsWith("-") || text.startsWith("+") ? text.substring(0, 1) : "";
        String digits = text.substring(sign.length()).toLowerCase(Locale.ROOT);
        int actual = (int) base;
        if (base == 0) {
            actual = baseOf(digits);
            digits = digits.replaceFirst("^0[box]", "").replaceAll("(?<=.)_(?=.)", "");
        }
        Long number = digits.matches("[0-9a-z]+") ? longOrNull(sign + digits, actual) : null;
        if (number == null) {
            throw new OttlEvaluationException(
                    "ParseInt needs an int of base %d, found \"%s\"".formatted(base, text));
        }
        return number;
    }

    private static int baseOf(String digits) {
        if (digits.startsWith("0b")) {
            return 2;
        } else if (digits.startsWith("0x")) {
            return 16;
        }
        return digits.startsWith("0") && digits.length() > 1 ? 8 : 10;
    }
}
