package io.tailrace.operators.span.ottl;

import io.tailrace.operators.span.ottl.Token.Kind;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Cuts a condition into its words. */
final class Lexer {

    private static final List<String> SYMBOLS =
            List.of(
                    "=>", "==", "!=", "<=", ">=", "<", ">", "=", "+", "-", "*", "/", "(", ")", "[",
                    "]", "{", "}", ",", ".", ":");

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Lexer(String text) {
        this.text = text;
    }

    /** The words, and at last the end. */
    static List<Token> tokens(String text) throws OttlException {
        return new Lexer(text).all();
    }

    private List<Token> all() throws OttlException {
        while (true) {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            if (at == text.length()) {
                add(Kind.END, at, null);
                return tokens;
            }
            next();
        }
    }

    private void next() throws OttlException {
        char first = text.charAt(at);
        int from = at;
        if (first == '"') {
            StringLiteral literal = StringLiteral.read(text, at);
            at = literal.end();
            add(Kind.STRING, from, literal.value());
        } else if (isDigit(at) || first == '.' && isDigit(at + 1)) {
            number();
        } else if (isLetter(first)) {
            while (at < text.length() && (isLetter(text.charAt(at)) || isDigit(at) || isLow(at))) {
                at++;
            }
            add(first <= 'Z' ? Kind.UPPERCASE : Kind.LOWERCASE, from, null);
        } else {
            symbol();
        }
    }

    private void symbol() throws OttlException {
        for (String symbol : SYMBOLS) {
            if (text.startsWith(symbol, at)) {
                at += symbol.length();
                add(Kind.SYMBOL, at - symbol.length(), null);
                return;
            }
        }
        String character = Character.toString(text.codePointAt(at));
        throw new OttlException(
                column(text, at),
                switch (character) {
                    case "'", "`", "“", "”" -> "a string stands in double quotes: \"...\"";
                    case "&" -> "and is written 'and'";
                    case "|" -> "or is written 'or'";
                    case "!" -> "not is written 'not'";
                    default -> "'%s' has no meaning here".formatted(character);
                });
    }

    private void number() throws OttlException {
        int from = at;
        if (text.startsWith("0x", at)) {
            bytes();
            return;
        }
        digits();
        boolean whole = true;
        if (at < text.length() && text.charAt(at) == '.' && isDigit(at + 1)) {
            whole = false;
            at++;
            digits();
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            int sign = at + 1 < text.length() && "+-".indexOf(text.charAt(at + 1)) >= 0 ? 1 : 0;
            if (isDigit(at + 1 + sign)) {
                whole = false;
                at += 1 + sign;
                digits();
            }
        }
        if (at < text.length() && (isLetter(text.charAt(at)) || isLow(at))) {
            throw new OttlException(column(text, at), "expected the end of the number");
        }
        add(Kind.NUMBER, from, whole ? wholeNumber(from) : (Object) fraction(from));
    }

    private void digits() {
        while (isDigit(at)) {
            at++;
        }
    }

    /** Its magnitude; 2^63, of which only the negative is a number, as the least one. */
    private Long wholeNumber(int from) throws OttlException {
        try {
            long magnitude = Long.parseUnsignedLong(text.substring(from, at));
            if (magnitude >= 0 || magnitude == Long.MIN_VALUE) {
                return magnitude;
            }
        } catch (NumberFormatException wrong) {
            // Falls through, as what is merely too large.
        }
        throw new OttlException(column(text, from), "an int has no more than 64 bits");
    }

    private Double fraction(int from) throws OttlException {
        double value = Double.parseDouble(text.substring(from, at));
        if (Double.isInfinite(value)) {
            throw new OttlException(column(text, from), "a float has no more than 64 bits");
        }
        return value;
    }

    private void bytes() throws OttlException {
        int from = at;
        at += 2;
        while (at < text.length() && (isLetter(text.charAt(at)) || isDigit(at))) {
            at++;
        }
        try {
            byte[] value = HexFormat.of().parseHex(text, from + 2, at);
            if (value.length > 0) {
                add(Kind.BYTES, from, value);
                return;
            }
        } catch (IllegalArgumentException wrong) {
            // Falls through, as an empty one.
        }
        throw new OttlException(
                column(text, from), "expected an even number of hexadecimal digits after 0x");
    }

    private boolean isDigit(int index) {
        return index < text.length() && text.charAt(index) >= '0' && text.charAt(index) <= '9';
    }

    private boolean isLow(int index) {
        return text.charAt(index) == '_';
    }

    private static boolean isLetter(char character) {
        return character >= 'a' && character <= 'z' || character >= 'A' && character <= 'Z';
    }

    private void add(Kind kind, int from, Object value) {
        tokens.add(new Token(kind, column(text, from), text.substring(from, at), value));
    }

    /** The column of an index, which counts characters beyond the basic plane once. */
    static int column(String text, int index) {
        return text.codePointCount(0, index) + 1;
    }
}
