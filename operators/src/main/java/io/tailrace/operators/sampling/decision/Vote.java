package io.tailrace.operators.sampling.decision;

/** What one policy said of a trace. Its names are in state and records, so they are for good. */
public enum Vote {
    SAMPLED,
    NOT_SAMPLED,
    DROPPED,
    /** It could not be evaluated; counts for nothing. */
    ERROR,
    /** Later spans could still settle it. */
    OPEN,
    /** A limiter that was not needed. */
    NOT_ASKED;

    /** What an inverted policy says; only yes and no change places. */
    public Vote inverted() {
        return switch (this) {
            case SAMPLED -> NOT_SAMPLED;
            case NOT_SAMPLED -> SAMPLED;
            case DROPPED, ERROR, OPEN, NOT_ASKED -> this;
        };
    }
}
