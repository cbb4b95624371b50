package io.tailrace.jobs.control.report;

import java.util.Map;

/** Takes what somebody should be told of. */
@FunctionalInterface
public interface Events {

    /**
     * @param name such as {@code tailrace_step_failed}
     * @param content in a sentence
     * @param dimensions what it is about
     */
    void raise(String name, String content, Map<String, String> dimensions)
            throws InterruptedException;
}
