package io.tailrace.operators.discovery;

import java.util.Locale;

/** What a node of the topology is. */
public enum NodeKind {
    /** Sends spans. */
    SERVICE,
    /** A database or broker, as one service uses it. */
    COMPONENT,
    /** Known only by the name that its callers have for it. */
    REMOTE_SERVICE;

    /** As tables name it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
