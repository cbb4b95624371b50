package io.tailrace.operators.span.ottl;

import io.tailrace.operators.span.ottl.Token.Kind;

import java.util.ArrayList;
import java.util.List;

/** Reads the values of a condition. What stands in parentheses may turn out to be a condition. */
final class ValueParser {

    private final Tokens tokens;
    private final Parser conditions;

    ValueParser(Tokens tokens, Parser conditions) {
        this.tokens = tokens;
        this.conditions = conditions;
    }

    /** A value, or what has the form of one. */
    Syntax sum() throws OttlException {
        int levels = 0;
        Syntax left = product();
        while (tokens.token().is("+") || tokens.token().is("-")) {
            tokens.deeper();
            levels++;
            Arithmetic operation = Arithmetic.of(tokens.take().text());
            left = new Syntax.Calculation(left.column(), operation, left, product());
        }
        tokens.higher(levels);
        return left;
    }

    private Syntax product() throws OttlException {
        int levels = 0;
        Syntax left = signed();
        while (tokens.token().is("*") || tokens.token().is("/")) {
            tokens.deeper();
            levels++;
            Arithmetic operation = Arithmetic.of(tokens.take().text());
            left = new Syntax.Calculation(left.column(), operation, left, signed());
        }
        tokens.higher(levels);
        return left;
    }

    private Syntax signed() throws OttlException {
        Token sign = tokens.token();
        if (!sign.is("-") && !sign.is("+")) {
            return value();
        }
        tokens.take();
        if (tokens.token().kind() == Kind.NUMBER) {
            return new Syntax.Literal(sign.column(), number(tokens.take(), sign.is("-")));
        }
        tokens.deeper();
        Syntax operand = signed();
        tokens.higher(1);
        return sign.is("-") ? new Syntax.Negated(sign.column(), operand) : operand;
    }

    private Syntax value() throws OttlException {
        Token token = tokens.token();
        return switch (token.kind()) {
            case STRING, BYTES -> new Syntax.Literal(token.column(), tokens.take().value());
            case NUMBER -> new Syntax.Literal(token.column(), number(tokens.take(), false));
            case UPPERCASE -> callOrSymbol();
            case LOWERCASE -> word();
            case SYMBOL -> bracketed();
            case END -> throw tokens.unexpected("a value");
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
        Token token = tokens.token();
        switch (token.text()) {
            case "true", "false" -> {
                return new Syntax.Literal(token.column(), tokens.take().is("true"));
            }
            case "nil" -> {
                tokens.take();
                return new Syntax.Literal(token.column(), null);
            }
            case "and", "or", "not" -> throw tokens.unexpected("a value");
            default -> {
                return path();
            }
        }
    }

    private Syntax path() throws OttlException {
        Token first = tokens.token();
        List<Syntax.Field> fields = new ArrayList<>();
        do {
            Token name = tokens.token();
            if (name.kind() != Kind.LOWERCASE) {
                throw tokens.unexpected("the next name of the path");
            }
            tokens.take();
            if (tokens.token().is("(")) {
                throw new OttlException(
                        name.column(),
                        "'%s' would change spans; a condition only asks".formatted(name.text()));
            }
            fields.add(new Syntax.Field(name.column(), name.text(), keys()));
        } while (tokens.accept("."));
        return new Syntax.Path(first.column(), fields);
    }

    private List<Syntax> keys() throws OttlException {
        List<Syntax> keys = new ArrayList<>();
        while (tokens.accept("[")) {
            tokens.deeper();
            keys.add(sum());
            tokens.higher(1);
            tokens.expect("]");
        }
        return keys;
    }

    private Syntax callOrSymbol() throws OttlException {
        Token name = tokens.take();
        if (!tokens.accept("(")) {
            return new Syntax.Symbol(name.column(), name.text());
        }
        List<Syntax.Argument> arguments = new ArrayList<>();
        if (!tokens.token().is(")")) {
            do {
                arguments.add(argument());
            } while (tokens.accept(","));
        }
        tokens.expect(")");
        return new Syntax.Call(name.column(), name.text(), arguments, keys());
    }

    private Syntax.Argument argument() throws OttlException {
        Token first = tokens.token();
        String name = null;
        if (first.kind() == Kind.LOWERCASE && tokens.following().is("=")) {
            name = first.text();
            tokens.take();
            tokens.take();
        }
        return new Syntax.Argument(first.column(), name, nestedValue());
    }

    private Syntax bracketed() throws OttlException {
        Token open = tokens.token();
        if (tokens.accept("(")) {
            Syntax inner = conditions.or();
            tokens.expect(")");
            if (tokens.token().is("=>")) {
                throw new OttlException(open.column(), "functions as arguments are not supported");
            }
            return inner;
        }
        if (tokens.accept("[")) {
            return list(open);
        }
        if (tokens.accept("{")) {
            return map(open);
        }
        throw tokens.unexpected("a value");
    }

    private Syntax list(Token open) throws OttlException {
        List<Syntax> elements = new ArrayList<>();
        if (!tokens.token().is("]")) {
            do {
                elements.add(nestedValue());
            } while (tokens.accept(","));
        }
        tokens.expect("]");
        return new Syntax.ListOf(open.column(), elements);
    }

    private Syntax map(Token open) throws OttlException {
        List<Syntax.Entry> entries = new ArrayList<>();
        if (!tokens.token().is("}")) {
            do {
                if (tokens.token().kind() != Kind.STRING) {
                    throw tokens.unexpected("a key, which is a string");
                }
                String key = (String) tokens.take().value();
                tokens.expect(":");
                entries.add(new Syntax.Entry(key, nestedValue()));
            } while (tokens.accept(","));
        }
        tokens.expect("}");
        return new Syntax.MapOf(open.column(), entries);
    }

    private Syntax nestedValue() throws OttlException {
        tokens.deeper();
        Syntax value = sum();
        tokens.higher(1);
        return value;
    }
}
