package io.tailrace.jobs.http;

/** Why a call failed. */
public enum Fault {
    /** No connection could be made, so the call did not arrive. */
    UNREACHABLE(true),
    /** The connection ended or the answer took too long; the call may have arrived. */
    BROKEN(true),
    /** 429: it was not done. */
    BUSY(true),
    /** 5xx: it may have been done. */
    FAILING(true),
    /** Whoever calls is not who they say. */
    UNKNOWN_CALLER(false),
    /** Whoever calls may not. */
    FORBIDDEN(false),
    /** There is something of that name already. */
    TAKEN(false),
    /** The path or what it names is not there. */
    MISSING(false),
    /** Refused for another reason. */
    REFUSED(false),
    /** What answers is not the service. */
    ANOTHER_SERVICE(false),
    /** There is no time left. */
    DEADLINE(false),
    /** It was done, and what came of it is not what was asked for. */
    UNFULFILLED(false);

    private final boolean passing;

    Fault(boolean passing) {
        this.passing = passing;
    }

    /** Whether the same call may succeed later. */
    public boolean isPassing() {
        return passing;
    }
}
