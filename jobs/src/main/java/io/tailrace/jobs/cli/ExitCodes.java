package io.tailrace.jobs.cli;

/** What the commands end with. */
public final class ExitCodes {

    public static final int DONE = 0;
    public static final int FAILED = 1;
    public static final int WRONG_SPEC = 2;

    /** Without what was asked for, as shells have it of what Ctrl-C ended. */
    public static final int INTERRUPTED = 130;

    private ExitCodes() {}
}
