package io.tailrace.operators.span.ottl;

import io.tailrace.operators.span.ottl.Expression.Attribute;
import io.tailrace.operators.span.ottl.Expression.Constant;
import io.tailrace.operators.span.ottl.Expression.Text;
import io.tailrace.operators.span.ottl.Expression.Whole;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Compares values. An int and a float compare as floats; other values of different types are not
 * equal and in no order; nil equals nil; lists and maps are equal or not.
 */
final class Comparisons {

    private Comparisons() {}

    static Condition compile(Operator operator, Expression left, Expression right) {
        if (left instanceof Constant) {
            // Constants stand to the right of what follows.
            return right instanceof Constant
                    ? fixed(operator, left, right)
                    : compile(operator.mirrored(), right, left);
        }
        if (right instanceof Constant constant) {
            if (left instanceof Attribute attribute) {
                return new AttributeComparison(attribute.path(), operator, constant.constant());
            }
            if (left instanceof Text text
                    && constant.constant() instanceof String literal
                    && (operator == Operator.EQUAL || operator == Operator.NOT_EQUAL)) {
                byte[] utf8 = Expression.utf8(literal);
                return row -> operator.holdsOfEquality(text.same().test(row, utf8));
            }
        }
        Whole first = Arithmetic.whole(left);
        Whole second = Arithmetic.whole(right);
        if (first != null && second != null && first.type() == second.type()) {
            return row ->
                    operator.holds(
                            Long.compare(
                                    first.number().applyAsLong(row),
                                    second.number().applyAsLong(row)));
        }
        return row -> test(operator, left.value(row), right.value(row));
    }

    private static Condition fixed(Operator operator, Expression left, Expression right) {
        boolean result = test(operator, left.value(null), right.value(null));
        return row -> result;
    }

    static boolean test(Operator operator, Object left, Object right) {
        if (left == null || right == null) {
            return left == right ? operator.holds(0) : operator.holdsOfEquality(false);
        } else if (left instanceof Long first && right instanceof Long second) {
            return operator.holds(Long.compare(first, second));
        } else if (isNumber(left) && isNumber(right)) {
            return operator.holds(((Number) left).doubleValue(), ((Number) right).doubleValue());
        } else if (left instanceof String first && right instanceof String second) {
            return operator.holds(compare(first, second));
        } else if (left instanceof Boolean first && right instanceof Boolean second) {
            return operator.holds(Boolean.compare(first, second));
        } else if (left instanceof byte[] first && right instanceof byte[] second) {
            return operator.holds(Arrays.compareUnsigned(first, second));
        } else if (left instanceof Type.Time first && right instanceof Type.Time second) {
            return operator.holds(Long.compare(first.nanos(), second.nanos()));
        } else if (left instanceof Type.Duration first && right instanceof Type.Duration second) {
            return operator.holds(Long.compare(first.nanos(), second.nanos()));
        } else {
            return operator.holdsOfEquality(same(left, right));
        }
    }

    private static boolean isNumber(Object value) {
        return value instanceof Long || value instanceof Double;
    }

    /** By the bytes of their UTF-8, which is by characters, not by Java's halves of them. */
    static int compare(String left, String right) {
        int length = Math.min(left.length(), right.length());
        for (int i = 0; i < length; i++) {
            char first = left.charAt(i);
            char second = right.charAt(i);
            if (first != second) {
                boolean halves = Character.isSurrogate(first) != Character.isSurrogate(second);
                return halves
                        ? Boolean.compare(
                                Character.isSurrogate(first), Character.isSurrogate(second))
                        : Character.compare(first, second);
            }
        }
        return Integer.compare(left.length(), right.length());
    }

    /** Whether two values are the same in type and content, to the last element. */
    static boolean same(Object left, Object right) {
        if (left instanceof List<?> first && right instanceof List<?> second) {
            if (first.size() != second.size()) {
                return false;
            }
            for (int i = 0; i < first.size(); i++) {
                if (!same(first.get(i), second.get(i))) {
                    return false;
                }
            }
            return true;
        } else if (left instanceof Map<?, ?> first && right instanceof Map<?, ?> second) {
            return first.size() == second.size()
                    && first.entrySet().stream()
                            .allMatch(
                                    entry ->
                                            second.containsKey(entry.getKey())
                                                    && same(
                                                            entry.getValue(),
                                                            second.get(entry.getKey())));
        }
        return Type.of(left) == Type.of(right)
                && !(left instanceof List || left instanceof Map)
                && test(Operator.EQUAL, left, right);
    }
}
