package io.tailrace.jobs.control.state;

import java.util.Locale;

/** What came of bringing an application's data path to its spec. */
public enum ApplicationStatus {
    CONFIG_DEPLOY_FAILED,
    CONFIG_CLEANS_FAILED,
    CONFIG_CLEANS_START_FAILED,
    AUTH_FAILED,
    CONFIG_FLOW_FAILED,
    SUCCESS;

    /** As it is written. */
    public String spelling() {
        return name().toLowerCase(Locale.ROOT);
    }
}
