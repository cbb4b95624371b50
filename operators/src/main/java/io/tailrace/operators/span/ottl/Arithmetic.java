package io.tailrace.operators.span.ottl;

import io.tailrace.operators.span.ottl.Expression.Computed;
import io.tailrace.operators.span.ottl.Expression.Constant;
import io.tailrace.operators.span.ottl.Expression.Whole;

import java.util.Arrays;

/**
 * How two values are calculated with. Ints overflow silently; a float with an int gives a float;
 * times and durations are added and subtracted where that has a meaning, and stop at their ends.
 */
enum Arithmetic {
    ADD("+"),
    SUBTRACT("-"),
    MULTIPLY("*"),
    DIVIDE("/");

    private final String symbol;

    Arithmetic(String symbol) {
        this.symbol = symbol;
    }

    static Arithmetic of(String symbol) {
        return Arrays.stream(values())
                .filter(each -> each.symbol.equals(symbol))
                .findFirst()
                .orElseThrow();
    }

    Expression compile(int column, Expression left, Expression right) throws OttlException {
        Type result = result(left.type(), right.type());
        if (result == null) {
            throw new OttlException(column, impossible(left.type(), right.type()));
        }
        Whole first = whole(left);
        Whole second = whole(right);
        if (first == null || second == null) {
            return new Computed(result, row -> apply(left.value(row), right.value(row)));
        }
        return new Whole(
                result,
                row ->
                        apply(
                                result,
                                first.number().applyAsLong(row),
                                second.number().applyAsLong(row)));
    }

    /** As one number, where it is known to be one; else null. */
    static Whole whole(Expression expression) {
        if (expression instanceof Whole whole) {
            return whole;
        }
        if (expression instanceof Constant constant && isWhole(constant.type())) {
            long number = number(constant.constant());
            return new Whole(constant.type(), row -> number);
        }
        return null;
    }

    /** Null where the two cannot be calculated with; ANY where only the span tells. */
    private Type result(Type left, Type right) {
        if (left == Type.ANY || right == Type.ANY) {
            Type known = left == Type.ANY ? right : left;
            boolean calculable = isWhole(known) || known == Type.DOUBLE || known == Type.ANY;
            return calculable ? Type.ANY : null;
        }
        if (isNumber(left) && isNumber(right)) {
            return left == Type.INT && right == Type.INT ? Type.INT : Type.DOUBLE;
        }
        if (left == Type.DURATION && right == Type.DURATION) {
            return this == ADD || this == SUBTRACT ? Type.DURATION : null;
        }
        if (left == Type.TIME && right == Type.TIME) {
            return this == SUBTRACT ? Type.DURATION : null;
        }
        if (left == Type.TIME && right == Type.DURATION) {
            return this == ADD || this == SUBTRACT ? Type.TIME : null;
        }
        return left == Type.DURATION && right == Type.TIME && this == ADD ? Type.TIME : null;
    }

    private Object apply(Object left, Object right) {
        Type result = result(Type.of(left), Type.of(right));
        if (result == null) {
            throw new OttlEvaluationException(impossible(Type.of(left), Type.of(right)));
        }
        if (result == Type.DOUBLE) {
            return apply(((Number) left).doubleValue(), ((Number) right).doubleValue());
        }
        long number = apply(result, number(left), number(right));
        return switch (result) {
            case TIME -> new Type.Time(number);
            case DURATION -> new Type.Duration(number);
            default -> (Object) number;
        };
    }

    private double apply(double left, double right) {
        if (this == DIVIDE && right == 0) {
            throw new OttlEvaluationException("division by zero");
        }
        return switch (this) {
            case ADD -> left + right;
            case SUBTRACT -> left - right;
            case MULTIPLY -> left * right;
            case DIVIDE -> left / right;
        };
    }

    private long apply(Type result, long left, long right) {
        if (this == DIVIDE && right == 0) {
            throw new OttlEvaluationException("division by zero");
        }
        return switch (this) {
            case ADD -> result == Type.INT ? left + right : clampedSum(left, right);
            case SUBTRACT -> result == Type.INT ? left - right : clampedDifference(left, right);
            case MULTIPLY -> left * right;
            case DIVIDE -> left / right;
        };
    }

    private static long clampedSum(long left, long right) {
        long sum = left + right;
        boolean overflown = ((left ^ sum) & (right ^ sum)) < 0;
        return overflown ? end(left) : sum;
    }

    static long clampedDifference(long left, long right) {
        long difference = left - right;
        boolean overflown = ((left ^ right) & (left ^ difference)) < 0;
        return overflown ? end(left) : difference;
    }

    private static long end(long sign) {
        return sign < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }

    private static boolean isNumber(Type type) {
        return type == Type.INT || type == Type.DOUBLE;
    }

    private static boolean isWhole(Type type) {
        return type == Type.INT || type == Type.TIME || type == Type.DURATION;
    }

    private static long number(Object value) {
        if (value instanceof Type.Time time) {
            return time.nanos();
        }
        return value instanceof Type.Duration duration ? duration.nanos() : (Long) value;
    }

    private String impossible(Type left, Type right) {
        return "'%s' has no meaning for %s and %s"
                .formatted(symbol, left.described(), right.described());
    }

    /** Unary minus, of numbers. */
    static Expression negate(int column, Expression operand) throws OttlException {
        return switch (operand.type()) {
            case INT -> {
                Whole whole = whole(operand);
                yield whole != null
                        ? new Whole(Type.INT, row -> -whole.number().applyAsLong(row))
                        : new Computed(Type.INT, row -> negative(operand.value(row)));
            }
            case DOUBLE, ANY -> new Computed(operand.type(), row -> negative(operand.value(row)));
            default ->
                    throw new OttlException(
                            column, "'-' has no meaning for " + operand.type().described());
        };
    }

    private static Object negative(Object value) {
        if (value instanceof Long whole) {
            return -whole;
        } else if (value instanceof Double fraction) {
            return -fraction;
        }
        throw new OttlEvaluationException("'-' has no meaning for " + Type.of(value).described());
    }
}
