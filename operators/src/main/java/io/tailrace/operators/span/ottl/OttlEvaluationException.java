package io.tailrace.operators.span.ottl;

/**
 * A condition that cannot be told of one span, for instance because an attribute is no string where
 * a function needs one. Without a stack trace, for it may come with every span.
 */
public final class OttlEvaluationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    OttlEvaluationException(String message) {
        super(message, null, false, false);
    }
}
