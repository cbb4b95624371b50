package io.tailrace.operators.span.ottl;

/**
 * A word of a condition.
 *
 * @param column where it begins, from 1
 * @param text as it stands there
 * @param value of a literal
 */
record Token(Kind kind, int column, String text, Object value) {

    enum Kind {
        /** {@code attributes}, {@code and}, {@code true}: begins with a lowercase letter. */
        LOWERCASE,
        /** {@code IsMatch}, {@code SPAN_KIND_SERVER}: begins with an uppercase letter. */
        UPPERCASE,
        STRING,
        NUMBER,
        BYTES,
        SYMBOL,
        END
    }

    boolean is(String symbolOrWord) {
        return (kind == Kind.SYMBOL || kind == Kind.LOWERCASE) && text.equals(symbolOrWord);
    }

    /** As a message names it. */
    String described() {
        return kind == Kind.END ? "the end" : "'" + text + "'";
    }
}
