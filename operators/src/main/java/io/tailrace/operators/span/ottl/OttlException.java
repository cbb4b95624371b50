package io.tailrace.operators.span.ottl;

/** A condition that cannot be used: it is malformed, or asks for what is not supported. */
public final class OttlException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int column;
    private final String problem;

    OttlException(int column, String problem) {
        super("At column %d: %s".formatted(column, problem));
        this.column = column;
        this.problem = problem;
    }

    /** Where in the text it is, counted in characters from 1. */
    public int column() {
        return column;
    }

    /** What is wrong, without the position. */
    public String problem() {
        return problem;
    }
}
