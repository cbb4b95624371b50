package io.tailrace.jobs.control.change;

import java.util.Locale;

/** What is done to something. */
public enum Action {
    CREATE,
    ADOPT,
    UPDATE,
    START,
    RESTART,
    GRANT,
    STOP,
    DELETE;

    /** As it is written. */
    public String spelling() {
        return name().toLowerCase(Locale.ROOT);
    }
}
