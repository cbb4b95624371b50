package io.tailrace.jobs.control.flink;

import java.util.Set;

/** A job as a cluster shows it. */
public record FlinkJob(String id, String name, String state) {

    private static final Set<String> ACTIVE =
            Set.of("INITIALIZING", "CREATED", "RUNNING", "RESTARTING", "RECONCILING", "SUSPENDED");

    /** Whether it runs, or will. */
    public boolean isActive() {
        return ACTIVE.contains(state);
    }
}
