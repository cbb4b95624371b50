package io.tailrace.operators.span.ottl;

import java.util.List;

/** What a condition says, before anyone asks what its names mean. */
sealed interface Syntax {

    /** Where it begins, from 1. */
    int column();

    /** A string, int, float, bool, bytes, or null for nil. */
    record Literal(int column, Object value) implements Syntax {}

    /** An uppercase name that is not called. */
    record Symbol(int column, String name) implements Syntax {}

    /** {@code resource.attributes["key"]}; keys may follow each name. */
    record Path(int column, List<Field> fields) implements Syntax {}

    /** One name of a path, with the keys behind it. */
    record Field(int column, String name, List<Syntax> keys) {}

    /** {@code Split(name, "/")[0]}. */
    record Call(int column, String name, List<Argument> arguments, List<Syntax> keys)
            implements Syntax {}

    /**
     * @param name null where the argument goes by its place
     */
    record Argument(int column, String name, Syntax value) {}

    record ListOf(int column, List<Syntax> elements) implements Syntax {}

    record MapOf(int column, List<Entry> entries) implements Syntax {}

    record Entry(String key, Syntax value) {}

    /** Unary minus. */
    record Negated(int column, Syntax operand) implements Syntax {}

    record Calculation(int column, Arithmetic operation, Syntax left, Syntax right)
            implements Syntax {}

    record Comparison(int column, Operator operator, Syntax left, Syntax right) implements Syntax {}

    record Not(int column, Syntax operand) implements Syntax {}

    record And(int column, List<Syntax> operands) implements Syntax {}

    record Or(int column, List<Syntax> operands) implements Syntax {}
}
