package io.tailrace.jobs.control.platform;

import java.util.Locale;

/** What a flow is doing. */
public enum FlowStatus {
    NO_START,
    STARTING,
    RUNNING,
    STOPPING,
    FAILURE,
    /** Anything else that a platform says. */
    OTHER;

    public static FlowStatus of(String text) {
        return switch (text.toLowerCase(Locale.ROOT).replace('_', '-')) {
            case "no-start", "", "stopped", "created" -> NO_START;
            case "starting", "deploying", "restarting" -> STARTING;
            case "running", "started" -> RUNNING;
            case "stopping" -> STOPPING;
            case "failure", "failed", "error" -> FAILURE;
            default -> OTHER;
        };
    }
}
