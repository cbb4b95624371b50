package io.tailrace.operators.span.ottl;

import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** A compiled value. Those of a span's numbers and texts can be compared without making objects. */
sealed interface Expression {

    /** What it gives; ANY where only the span tells. */
    Type type();

    /**
     * The value, an object as {@link Type} says.
     *
     * @throws OttlEvaluationException where there cannot be one
     */
    Object value(Row row);

    /** A value that is the same for all spans. */
    record Constant(Object constant) implements Expression {
        @Override
        public Type type() {
            return Type.of(constant);
        }

        @Override
        public Object value(Row row) {
            return constant;
        }
    }

    /** An int, a time or a duration, which all are one number. */
    record Whole(Type type, ToLongFunction<Row> number) implements Expression {
        @Override
        public Object value(Row row) {
            long value = number.applyAsLong(row);
            return switch (type) {
                case TIME -> new Type.Time(value);
                case DURATION -> new Type.Duration(value);
                default -> value;
            };
        }
    }

    /** A text of the span's bytes, which can be compared in place. */
    record Text(Function<Row, String> text, SameText same) implements Expression {
        @Override
        public Type type() {
            return Type.STRING;
        }

        @Override
        public Object value(Row row) {
            return text.apply(row);
        }
    }

    /** Whether the text is this one, in UTF-8. */
    @FunctionalInterface
    interface SameText {
        boolean test(Row row, byte[] utf8);
    }

    /** Any other value. */
    record Computed(Type type, Function<Row, Object> function) implements Expression {
        @Override
        public Object value(Row row) {
            return function.apply(row);
        }
    }

    /** The value of an attribute, or a value within it. */
    record Attribute(AttributePath path) implements Expression {
        @Override
        public Type type() {
            return Type.ANY;
        }

        @Override
        public Object value(Row row) {
            return path.find(row) ? path.view(row).toObject() : null;
        }
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
