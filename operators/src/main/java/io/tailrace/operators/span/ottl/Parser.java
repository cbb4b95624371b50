package io.tailrace.operators.span.ottl;

import io.tailrace.operators.span.ottl.Token.Kind;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads a condition by recursive descent. From the loosest binding to the tightest: {@code or},
 * {@code and}, {@code not}, comparison, {@code + -}, {@code * /}, sign, value with its keys.
 *
 * <p>Parentheses may hold a condition or a calculation, which cannot be told apart before their
 * end. So both are read by the same rules, and {@link Compiler} refuses one where it needs the
 * other.
 */
final class Parser {

    static final int MOST_LENGTH = 16_384;

    private final Tokens tokens;
    private final ValueParser values;

    private Parser(Tokens tokens) {
        this.tokens = tokens;
        this.values = new ValueParser(tokens, this);
    }

    static Syntax parse(String text) throws OttlException {
        if (text.length() > MOST_LENGTH) {
            throw new OttlException(
                    MOST_LENGTH + 1,
                    "a condition has no more than %d characters".formatted(MOST_LENGTH));
        }
        Tokens tokens = new Tokens(Lexer.tokens(text));
        if (tokens.token().kind() == Kind.END) {
            throw new OttlException(1, "expected a condition, found nothing");
        }
        Syntax condition = new Parser(tokens).or();
        if (tokens.token().kind() != Kind.END) {
            throw tokens.unexpected("'and', 'or', a comparison or the end");
        }
        return condition;
    }

    Syntax or() throws OttlException {
        tokens.deeper();
        Syntax first = and();
        List<Syntax> operands = new ArrayList<>(List.of(first));
        while (tokens.accept("or")) {
            operands.add(and());
        }
        tokens.higher(1);
        return operands.size() == 1 ? first : new Syntax.Or(first.column(), operands);
    }

    private Syntax and() throws OttlException {
        Syntax first = not();
        List<Syntax> operands = new ArrayList<>(List.of(first));
        while (tokens.accept("and")) {
            operands.add(not());
        }
        return operands.size() == 1 ? first : new Syntax.And(first.column(), operands);
    }

    private Syntax not() throws OttlException {
        Token token = tokens.token();
        if (!tokens.accept("not")) {
            return comparison();
        }
        tokens.deeper();
        Syntax operand = not();
        tokens.higher(1);
        return new Syntax.Not(token.column(), operand);
    }

    private Syntax comparison() throws OttlException {
        Syntax left = values.sum();
        Operator operator = operator();
        if (operator == null) {
            return left;
        }
        tokens.take();
        Syntax right = values.sum();
        if (operator() != null) {
            throw new OttlException(
                    tokens.token().column(), "comparisons cannot be chained; join them with 'and'");
        }
        return new Syntax.Comparison(left.column(), operator, left, right);
    }

    private Operator operator() throws OttlException {
        if (tokens.token().is("=")) {
            throw new OttlException(tokens.token().column(), "equality is written '=='");
        }
        return tokens.token().kind() == Kind.SYMBOL ? Operator.of(tokens.token().text()) : null;
    }
}
