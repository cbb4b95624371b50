package io.tailrace.operators.sampling.bk;

import io.tailrace.operators.span.wire.Attributes;

import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * How a number stands to a bound. A text that is a number as JSON writes it counts as that number;
 * whatever else is no number answers no.
 */
final class Comparison implements ValueTest {

    private static final Comparator<FieldNumber> ORDER = (one, other) -> other.compare(one);

    /** No number of 64 bits is longer, nor any double as it is usually written. */
    private static final int MOST_LENGTH = 400;

    private final FieldNumber bound;
    private final IntPredicate order;

    private Comparison(FieldNumber bound, IntPredicate order) {
        this.bound = bound;
        this.order = order;
    }

    static Comparison withLargest(List<String> values, IntPredicate order) {
        return new Comparison(values.stream().map(FieldNumber::of).max(ORDER).orElseThrow(), order);
    }

    static Comparison withSmallest(List<String> values, IntPredicate order) {
        return new Comparison(values.stream().map(FieldNumber::of).min(ORDER).orElseThrow(), order);
    }

    @Override
    public boolean onText(String text) {
        FieldNumber number = FieldNumber.of(text);
        return number != null && order.test(bound.compare(number));
    }

    @Override
    public boolean onWhole(long number) {
        return order.test(bound.compare(number));
    }

    @Override
    public boolean onAttribute(Attributes found) {
        return switch (found.kind()) {
            case INT -> onWhole(found.intValue());
            case DOUBLE -> onReal(found.doubleValue());
            case TEXT -> found.length() <= MOST_LENGTH && onText(found.text());
            case NONE, BOOL, ARRAY, LIST, BYTES -> false;
        };
    }

    private boolean onReal(double number) {
        return !Double.isNaN(number) && order.test(bound.compare(number));
    }
}
