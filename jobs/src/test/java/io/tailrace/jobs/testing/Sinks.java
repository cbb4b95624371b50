package io.tailrace.jobs.testing;

/** The sinks of a job under test. */
public interface Sinks {

    /** Their block of the spec. */
    String yaml();

    /** What is in them. */
    Results results() throws Exception;
}
