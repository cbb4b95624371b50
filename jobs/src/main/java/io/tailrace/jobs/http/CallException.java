package io.tailrace.jobs.http;

import java.io.IOException;

/** A call failed; the message says so in one line, for people. */
public final class CallException extends IOException {

    private static final long serialVersionUID = 1L;

    private final Fault fault;
    private final int status;
    private final String code;
    private final long retryAfterMillis;

    public CallException(Fault fault, String message) {
        this(fault, 0, "", message, -1);
    }

    CallException(Fault fault, int status, String code, String message, long retryAfterMillis) {
        super(message);
        this.fault = fault;
        this.status = status;
        this.code = code;
        this.retryAfterMillis = retryAfterMillis;
    }

    public Fault fault() {
        return fault;
    }

    /** That of HTTP; 0 without an answer. */
    public int status() {
        return status;
    }

    /** The service's own; empty where it gave none. */
    public String code() {
        return code;
    }

    /** What the service asks for; negative where it does not. */
    long retryAfterMillis() {
        return retryAfterMillis;
    }

    /** The same with more words before it. */
    public CallException in(String what) {
        CallException more =
                new CallException(
                        fault, status, code, what + ": " + getMessage(), retryAfterMillis);
        more.initCause(this);
        return more;
    }
}
