package io.tailrace.jobs.control.state;

import java.io.IOException;

/** Another run is at work with the state. */
public final class BusyException extends IOException {

    private static final long serialVersionUID = 1L;

    BusyException(String where) {
        super("another run is at work with the state in " + where + "; wait for its end");
    }
}
