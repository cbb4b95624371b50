package io.tailrace.operators.span.ottl;

import java.util.List;

/** The words of a condition, read one by one, and how deep its reading is. */
final class Tokens {

    /** Of parentheses, arguments and chained operations; keeps the recursion bounded. */
    static final int MOST_DEPTH = 100;

    private final List<Token> tokens;
    private int next;
    private int depth;

    /**
     * @param tokens with the end as last
     */
    Tokens(List<Token> tokens) {
        this.tokens = tokens;
    }

    /** The word at hand. */
    Token token() {
        return tokens.get(next);
    }

    /** The word behind the one at hand, which is not the end. */
    Token following() {
        return tokens.get(next + 1);
    }

    Token take() {
        return tokens.get(next++);
    }

    boolean accept(String symbolOrWord) {
        if (!token().is(symbolOrWord)) {
            return false;
        }
        next++;
        return true;
    }

    void expect(String symbol) throws OttlException {
        if (!accept(symbol)) {
            throw unexpected("'" + symbol + "'");
        }
    }

    void deeper() throws OttlException {
        if (++depth > MOST_DEPTH) {
            throw new OttlException(
                    token().column(),
                    "more than %d nested or chained operations".formatted(MOST_DEPTH));
        }
    }

    void higher(int levels) {
        depth -= levels;
    }

    OttlException unexpected(String expected) {
        return new OttlException(
                token().column(), "expected %s, found %s".formatted(expected, token().described()));
    }
}
