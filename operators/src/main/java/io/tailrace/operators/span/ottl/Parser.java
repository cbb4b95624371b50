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

    /** Of parentheses, arguments and chained operations; keeps the recursion bounded. */
    static final int MOST_DEPTH = 100;

    static final int MOST_LENGTH = 16_384;

    private final List<Token> tokens;
    private int next;
    private int depth;

    private Parser(List<Token> tokens) {
        this.tokens = tokens;
    }

    static Syntax parse(String text) throws OttlException {
        if (text.length() > MOST_LENGTH) {
            throw new OttlException(
                    MOST_LENGTH + 1,
                    "a condition has no more than %d characters".formatted(MOST_LENGTH));
        }
        Parser parser = new Parser(Lexer.tokens(text));
        if (parser.token().kind() == Kind.END) {
            throw new OttlException(1, "expected a condition, found nothing");
        }
        Syntax condition = parser.or();
        if (parser.token().kind() != Kind.END) {
            throw parser.unexpected("'and', 'or', a comparison or the end");
        }
        return condition;
    }

    private Syntax or() throws OttlException {
        deeper();
        Syntax first = and();
        List<Syntax> operands = new ArrayList<>(List.of(first));
        while (accept("or")) {
            operands.add(and());
        }
        depth--;
        return operands.size() == 1 ? first : new Syntax.Or(first.column(), operands);
    }

    private Syntax and() throws OttlException {
        Syntax first = not();
        List<Syntax> operands = new ArrayList<>(List.of(first));
        while (accept("and")) {
            operands.add(not());
        }
        return operands.size() == 1 ? first : new Syntax.And(first.column(), operands);
    }

    private Syntax not() throws OttlException {
        Token token = token();
        if (!accept("not")) {
            return comparison();
        }
        deeper();
        Syntax operand = not();
        depth--;
        return new Syntax.Not(token.column(), operand);
    }

    private Syntax comparison() throws OttlException {
        Syntax left = sum();
        Operator operator = operator();
        if (operator == null) {
            return left;
        }
        next++;
        Syntax right = sum();
        if (operator() != null) {
            throw new OttlException(
                    token().column(), "comparisons cannot be chained; join them with 'and'");
        }
        return new Syntax.Comparison(left.column(), operator, left, right);
    }

    private Operator operator() throws OttlException {
        if (token().is("=")) {
            throw new OttlException(token().column(), "equality is written '=='");
        }
        return token().kind() == Kind.SYMBOL ? Operator.of(token().text()) : null;
    }

    private Syntax sum() throws OttlException {
        int before = depth;
        Syntax left = product();
        while (token().is("+") || token().is("-")) {
            deeper();
            Arithmetic operation = Arithmetic.of(take().text());
            left = new Syntax.Calculation(left.column(), operation, left, product());
        }
        depth = before;
        return left;
    }

    private Syntax product() throws OttlException {
        int before = depth;
        Syntax left = signed();
        while (token().is("*") || token().is("/")) {
            deeper();
            Arithmetic operation = Arithmetic.of(take().text());
            left = new Syntax.Calculation(left.column(), operation, left, signed());
        }
        depth = before;
        return left;
    }

    private Syntax signed() throws OttlException {
        Token sign = token();
        if (!sign.is("-") && !sign.is("+")) {
            return value();
        }
        next++;
        if (token().kind() == Kind.NUMBER) {
            return new Syntax.Literal(sign.column(), number(take(), sign.is("-")));
        }
        deeper();
        Syntax operand = signed();
        depth--;
        return sign.is("-") ? new Syntax.Negated(sign.column(), operand) : operand;
    }

    private Syntax value() throws OttlException {
        Token token = token();
        return switch (token.kind()) {
            case STRING, BYTES -> new Syntax.Literal(token.column(), take().value());
            case NUMBER -> new Syntax.Literal(token.column(), number(take(), false));
            case UPPERCASE -> callOrSymbol();
            case LOWERCASE -> word();
            case SYMBOL -> bracketed();
            case END -> throw unexpected("a value");
        };
    }

    private Object number(Token token, boolean negative) throws OttlException {
        if (token.value() instanceof Double fraction) {
            return negative ? -fraction : fraction;
        }
        long magnitude = (Long) token.value();
        if (magnitude == Long.MIN_VALUE && !negative) {
            throw new OttlException(token.column(), "an int has no more than 64 bits");
        }
        return negative ? -magnitude : magnitude;
    }

    private Syntax word() throws OttlException {
        Token token = token();
        switch (token.text()) {
            case "true", "false" -> {
                return new Syntax.Literal(token.column(), take().is("true"));
            }
            case "nil" -> {
                next++;
                return new Syntax.Literal(token.column(), null);
            }
            case "and", "or", "not" -> throw unexpected("a value");
            default -> {
                return path();
            }
        }
    }

    private Syntax path() throws OttlException {
        Token first = token();
        List<Syntax.Field> fields = new ArrayList<>();
        do {
            Token name = token();
            if (name.kind() != Kind.LOWERCASE) {
                throw unexpected("the next name of the path");
            }
            next++;
            if (token().is("(")) {
                throw new OttlException(
                        name.column(),
                        "'%s' would change spans; a condition only asks".formatted(name.text()));
            }
            fields.add(new Syntax.Field(name.column(), name.text(), keys()));
        } while (accept("."));
        return new Syntax.Path(first.column(), fields);
    }

    private List<Syntax> keys() throws OttlException {
        List<Syntax> keys = new ArrayList<>();
        while (accept("[")) {
            deeper();
            keys.add(sum());
            depth--;
            expect("]");
        }
        return keys;
    }

    private Syntax callOrSymbol() throws OttlException {
        Token name = take();
        if (!accept("(")) {
            return new Syntax.Symbol(name.column(), name.text());
        }
        List<Syntax.Argument> arguments = new ArrayList<>();
        if (!token().is(")")) {
            do {
                arguments.add(argument());
            } while (accept(","));
        }
        expect(")");
        return new Syntax.Call(name.column(), name.text(), arguments, keys());
    }

    private Syntax.Argument argument() throws OttlException {
        Token first = token();
        String name = null;
        if (first.kind() == Kind.LOWERCASE && tokens.get(next + 1).is("=")) {
            name = first.text();
            next += 2;
        }
        return new Syntax.Argument(first.column(), name, nestedValue());
    }

    private Syntax bracketed() throws OttlException {
        Token open = token();
        if (accept("(")) {
            Syntax inner = or();
            expect(")");
            if (token().is("=>")) {
                throw new OttlException(open.column(), "functions as arguments are not supported");
            }
            return inner;
        }
        if (accept("[")) {
            return list(open);
        }
        if (accept("{")) {
            return map(open);
        }
        throw unexpected("a value");
    }

    private Syntax list(Token open) throws OttlException {
        List<Syntax> elements = new ArrayList<>();
        if (!token().is("]")) {
            do {
                elements.add(nestedValue());
            } while (accept(","));
        }
        expect("]");
        return new Syntax.ListOf(open.column(), elements);
    }

    private Syntax map(Token open) throws OttlException {
        List<Syntax.Entry> entries = new ArrayList<>();
        if (!token().is("}")) {
            do {
                if (token().kind() != Kind.STRING) {
                    throw unexpected("a key, which is a string");
                }
                String key = (String) take().value();
                expect(":");
                entries.add(new Syntax.Entry(key, nestedValue()));
            } while (accept(","));
        }
        expect("}");
        return new Syntax.MapOf(open.column(), entries);
    }

    private Syntax nestedValue() throws OttlException {
        deeper();
        Syntax value = sum();
        depth--;
        return value;
    }

    private void deeper() throws OttlException {
        if (++depth > MOST_DEPTH) {
            throw new OttlException(
                    token().column(),
                    "more than %d nested or chained operations".formatted(MOST_DEPTH));
        }
    }

    private Token token() {
        return tokens.get(next);
    }

    private Token take() {
        return tokens.get(next++);
    }

    private boolean accept(String symbolOrWord) {
        if (!token().is(symbolOrWord)) {
            return false;
        }
        next++;
        return true;
    }

    private void expect(String symbol) throws OttlException {
        if (!accept(symbol)) {
            throw unexpected("'" + symbol + "'");
        }
    }

    private OttlException unexpected(String expected) {
        return new OttlException(
                token().column(), "expected %s, found %s".formatted(expected, token().described()));
    }
}
