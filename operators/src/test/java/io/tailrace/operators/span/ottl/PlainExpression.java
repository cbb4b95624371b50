package io.tailrace.operators.span.ottl;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.tailrace.operators.span.PlacedSpan;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A part of a condition as OTTL spells it, and what it means of a span, told from the objects of
 * opentelemetry-proto. Values are plain objects; times and durations are tagged numbers.
 */
record PlainExpression(
        String text, Function<PlacedSpan, Object> meaning, List<PlainExpression> parts) {

    PlainExpression(String text, Function<PlacedSpan, Object> meaning, PlainExpression... parts) {
        this(text, meaning, List.of(parts));
    }

    /** A condition or value that there is not. */
    static final class Wrong extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Nanoseconds since the epoch. */
    record Moment(BigInteger nanos) {}

    /** Nanoseconds. */
    record Stretch(BigInteger nanos) {}

    Object of(PlacedSpan span) {
        return meaning.apply(span);
    }

    /** Whether some part of it, asked for or not, has no value. */
    boolean isWrongSomewhere(PlacedSpan span) {
        try {
            of(span);
        } catch (Wrong wrong) {
            return true;
        }
        return parts.stream().anyMatch(part -> part.isWrongSomewhere(span));
    }

    /** The same where a condition is needed. */
    PlainExpression asCondition() {
        return new PlainExpression(
                text,
                span -> {
                    if (of(span) instanceof Boolean truth) {
                        return truth;
                    }
                    throw new Wrong();
                },
                this);
    }

    static Object plain(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> value.getStringValue();
            case BOOL_VALUE -> value.getBoolValue();
            case INT_VALUE -> value.getIntValue();
            case DOUBLE_VALUE -> value.getDoubleValue();
            case BYTES_VALUE -> value.getBytesValue().toByteArray();
            case ARRAY_VALUE -> {
                List<Object> list = new ArrayList<>();
                value.getArrayValue().getValuesList().forEach(each -> list.add(plain(each)));
                yield list;
            }
            case KVLIST_VALUE -> plain(value.getKvlistValue().getValuesList());
            case STRING_VALUE_STRINDEX, VALUE_NOT_SET -> null;
        };
    }

    static Map<String, Object> plain(List<KeyValue> attributes) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (KeyValue each : attributes) {
            if (!map.containsKey(each.getKey())) {
                map.put(each.getKey(), plain(each.getValue()));
            }
        }
        return map;
    }

    static boolean compare(String operator, Object left, Object right) {
        Integer order = order(left, right);
        boolean nan =
                left instanceof Number first
                        && right instanceof Number second
                        && (Double.isNaN(first.doubleValue())
                                || Double.isNaN(second.doubleValue()));
        if (order == null || nan) {
            boolean equal = order == null && equal(left, right);
            return operator.equals("==") ? equal : operator.equals("!=") && !equal;
        }
        return switch (operator) {
            case "==" -> order == 0;
            case "!=" -> order != 0;
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            default -> order >= 0;
        };
    }

    /** Null where there is none. */
    private static Integer order(Object left, Object right) {
        if (left == null && right == null) {
            return 0;
        } else if (left instanceof Long first && right instanceof Long second) {
            return first.compareTo(second);
        } else if (left instanceof Number first && right instanceof Number second) {
            double difference = first.doubleValue() == second.doubleValue() ? 0 : 1;
            return difference == 0 ? 0 : first.doubleValue() < second.doubleValue() ? -1 : 1;
        } else if (left instanceof String first && right instanceof String second) {
            return Integer.signum(Arrays.compareUnsigned(utf8(first), utf8(second)));
        } else if (left instanceof Boolean first && right instanceof Boolean second) {
            return first.compareTo(second);
        } else if (left instanceof byte[] first && right instanceof byte[] second) {
            return Integer.signum(Arrays.compareUnsigned(first, second));
        } else if (left instanceof Moment first && right instanceof Moment second) {
            return first.nanos().compareTo(second.nanos());
        } else if (left instanceof Stretch first && right instanceof Stretch second) {
            return first.nanos().compareTo(second.nanos());
        }
        return null;
    }

    /** As lists and maps are: the same in all. */
    private static boolean equal(Object left, Object right) {
        if (left instanceof List<?> first && right instanceof List<?> second) {
            boolean equal = first.size() == second.size();
            for (int i = 0; equal && i < first.size(); i++) {
                equal = equal(first.get(i), second.get(i));
            }
            return equal;
        } else if (left instanceof Map<?, ?> first && right instanceof Map<?, ?> second) {
            return first.keySet().equals(second.keySet())
                    && first.keySet().stream()
                            .allMatch(key -> equal(first.get(key), second.get(key)));
        }
        boolean sameType =
                left == null || right == null || left.getClass().equals(right.getClass());
        return sameType && order(left, right) != null && compare("==", left, right);
    }

    static Object calculate(char operator, Object left, Object right) {
        if (left instanceof Long first && right instanceof Long second) {
            if (operator == '/' && second == 0) {
                throw new Wrong();
            }
            BigInteger a = BigInteger.valueOf(first);
            BigInteger b = BigInteger.valueOf(second);
            return switch (operator) {
                case '+' -> a.add(b).longValue();
                case '-' -> a.subtract(b).longValue();
                case '*' -> a.multiply(b).longValue();
                default -> a.divide(b).longValue();
            };
        } else if (left instanceof Number first && right instanceof Number second) {
            double a = first.doubleValue();
            double b = second.doubleValue();
            if (operator == '/' && b == 0) {
                throw new Wrong();
            }
            return operator == '+'
                    ? a + b
                    : operator == '-' ? a - b : operator == '*' ? a * b : a / b;
        } else if (left instanceof Moment first
                && right instanceof Moment second
                && operator == '-') {
            return new Stretch(clamped(first.nanos().subtract(second.nanos())));
        } else if (operator == '+' || operator == '-') {
            return shifted(operator, left, right);
        }
        throw new Wrong();
    }

    private static Object shifted(char operator, Object left, Object right) {
        if (right instanceof Stretch second) {
            BigInteger by = operator == '+' ? second.nanos() : second.nanos().negate();
            if (left instanceof Moment first) {
                return new Moment(clamped(first.nanos().add(by)));
            } else if (left instanceof Stretch first) {
                return new Stretch(clamped(first.nanos().add(by)));
            }
        } else if (left instanceof Stretch first
                && right instanceof Moment second
                && operator == '+') {
            return new Moment(clamped(first.nanos().add(second.nanos())));
        }
        throw new Wrong();
    }

    private static BigInteger clamped(BigInteger nanos) {
        return nanos.max(BigInteger.valueOf(Long.MIN_VALUE))
                .min(BigInteger.valueOf(Long.MAX_VALUE));
    }

    /** What stands in a list or map under a key. */
    static Object within(Object value, Object key) {
        if (value instanceof Map<?, ?> map && key instanceof String) {
            return map.get(key);
        } else if (value instanceof List<?> list
                && key instanceof Long index
                && index >= 0
                && index < list.size()) {
            return list.get(index.intValue());
        }
        throw new Wrong();
    }

    static String string(Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw new Wrong();
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
