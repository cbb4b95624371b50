package io.tailrace.jobs.control.platform;

import java.util.Locale;

/** Where a flow begins to read when it is started. */
public enum Consuming {
    FROM_HEAD,
    FROM_TAIL,
    /** Where it was. */
    CONTINUE;

    /** As the platform knows it. */
    public String spelling() {
        return name().toLowerCase(Locale.ROOT);
    }
}
