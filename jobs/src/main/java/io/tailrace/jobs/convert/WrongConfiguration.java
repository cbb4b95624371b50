package io.tailrace.jobs.convert;

import io.tailrace.jobs.spec.Node;

/** Says where and why a file cannot be converted. */
final class WrongConfiguration extends Exception {

    private static final long serialVersionUID = 1L;

    WrongConfiguration(Node at, String path, String words) {
        super(
                at.location().source()
                        + (at.location().line() > 0 ? ":" + at.location().line() : "")
                        + ": "
                        + (path.isEmpty() ? "" : path + ": ")
                        + words);
    }
}
