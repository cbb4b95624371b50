package io.tailrace.operators.discovery;

import java.util.Locale;

/** The kinds of things that an inventory has. */
public enum Entity {
    TOPO_NODE,
    ENDPOINT,
    ROOT_ENDPOINT,
    HOST,
    INSTANCE,
    RELATION,
    REMOTE_SERVICE_RELATION;

    /** As records and tables name it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
