package io.tailrace.jobs;

/** What specs of all kinds have. */
public interface Spec {

    JobKind kind();

    String name();
}
