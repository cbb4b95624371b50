package io.tailrace.jobs.cli;

/** What the commands end with. */
final class ExitCodes {

    static final int DONE = 0;
    static final int FAILED = 1;
    static final int WRONG_SPEC = 2;

    /** Without what was asked for, as shells have it of what Ctrl-C ended. */
    static final int INTERRUPTED = 130;

    private ExitCodes() {}
}
