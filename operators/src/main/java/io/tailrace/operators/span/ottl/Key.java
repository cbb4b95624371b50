package io.tailrace.operators.span.ottl;

import java.util.List;
import java.util.Map;

/** What stands in brackets behind a path or a call: a string for maps, an int for lists. */
sealed interface Key {

    record Name(String name, byte[] utf8) implements Key {}

    record Index(long index) implements Key {}

    /** One that only the span tells. */
    record Computed(Expression expression) implements Key {}

    static Key of(int column, Expression expression) throws OttlException {
        if (expression instanceof Expression.Constant constant) {
            Key key = ofValue(constant.constant());
            if (key != null) {
                return key;
            }
        } else if (expression.type() == Type.STRING
                || expression.type() == Type.INT
                || expression.type() == Type.ANY) {
            return new Computed(expression);
        }
        throw new OttlException(
                column,
                "expected a string or an int as key, found " + expression.type().described());
    }

    private static Key ofValue(Object value) {
        if (value instanceof String name) {
            return new Name(name, Expression.utf8(name));
        }
        return value instanceof Long index ? new Index(index) : null;
    }

    /** The key itself, of a computed one what it is now. */
    static Key now(Key key, Row row) {
        if (!(key instanceof Computed computed)) {
            return key;
        }
        Object value = computed.expression().value(row);
        Key now = ofValue(value);
        if (now == null) {
            throw new OttlEvaluationException(
                    "a key is a string or an int, not " + Type.of(value).described());
        }
        return now;
    }

    /** What stands in a value under a key; null where a map has none. */
    static Object within(Object value, Key key) {
        if (key instanceof Name name && value instanceof Map<?, ?> map) {
            return map.get(name.name());
        } else if (key instanceof Index index && value instanceof List<?> list) {
            if (index.index() < 0 || index.index() >= list.size()) {
                throw outside(index.index());
            }
            return list.get((int) index.index());
        }
        throw mismatch(Type.of(value), key);
    }

    static OttlEvaluationException outside(long index) {
        return new OttlEvaluationException("the list has no index " + index);
    }

    static OttlEvaluationException mismatch(Type type, Key key) {
        return new OttlEvaluationException(
                "%s has no %s".formatted(type.described(), key instanceof Name ? "keys" : "index"));
    }
}
