package io.tailrace.jobs;

/** What a job may make of spans: one of these, or in a pipeline several. */
public enum JobPart {
    TAIL_SAMPLING,
    VIRTUAL_METRICS,
    DISCOVERY
}
