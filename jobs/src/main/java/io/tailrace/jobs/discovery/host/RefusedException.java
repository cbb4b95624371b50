package io.tailrace.jobs.discovery.host;

import java.io.IOException;

/** Somebody answered, but it would be in vain to ask the same again. */
final class RefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    RefusedException(String words) {
        super(words);
    }
}
