package io.tailrace.operators.span.ottl;

import io.tailrace.operators.span.wire.ValueView;

/**
 * Compares an attribute with a literal, by far the most usual condition: in the span's bytes,
 * without making objects.
 */
final class AttributeComparison implements Condition {

    private final AttributePath path;
    private final Operator operator;
    private final Object literal;

    /** The literal, where it is a string that is only asked to be equal. */
    private final byte[] utf8;

    AttributeComparison(AttributePath path, Operator operator, Object literal) {
        this.path = path;
        this.operator = operator;
        this.literal = literal;
        boolean equality = operator == Operator.EQUAL || operator == Operator.NOT_EQUAL;
        this.utf8 = equality && literal instanceof String text ? Expression.utf8(text) : null;
    }

    @Override
    public boolean test(Row row) {
        if (!path.find(row)) {
            return Comparisons.test(operator, null, literal);
        }
        ValueView value = path.view(row);
        return switch (value.kind()) {
            case NONE -> Comparisons.test(operator, null, literal);
            case TEXT -> text(value);
            case INT -> whole(value.intValue());
            case DOUBLE ->
                    literal instanceof Number number
                            ? operator.holds(value.doubleValue(), number.doubleValue())
                            : operator.holdsOfEquality(false);
            case BOOL -> Comparisons.test(operator, value.boolValue(), literal);
            case BYTES, ARRAY, LIST ->
                    literal == null
                            ? operator.holdsOfEquality(false)
                            : Comparisons.test(operator, value.toObject(), literal);
        };
    }

    private boolean text(ValueView value) {
        if (utf8 != null) {
            return operator.holdsOfEquality(value.textIs(utf8));
        }
        return literal instanceof String
                ? Comparisons.test(operator, value.text(), literal)
                : operator.holdsOfEquality(false);
    }

    private boolean whole(long value) {
        if (literal instanceof Long number) {
            return operator.holds(Long.compare(value, number));
        }
        return literal instanceof Double number
                ? operator.holds((double) value, number)
                : operator.holdsOfEquality(false);
    }
}
