package io.tailrace.demo;

import java.io.IOException;

/** Ends a demo, with one line for its user. */
final class DemoException extends IOException {

    private static final long serialVersionUID = 1L;

    DemoException(String words) {
        super(words);
    }
}
