package io.tailrace.jobs.control.step;

import io.tailrace.jobs.control.change.Change;
import io.tailrace.jobs.control.state.ApplicationStatus;

import java.io.IOException;
import java.util.List;

/**
 * One thing that is to be so. Looking reads what there is and says what is to be done; steps behind
 * it know what it found. Doing what it says again and again ends in the same place.
 */
public interface Step {

    /** What it is about. */
    String name();

    /** What the application's status is where it fails; null where it keeps the one that it has. */
    ApplicationStatus failure();

    /**
     * What is to be done, in this order; nothing where all is as wanted. Writes to no service.
     *
     * @throws IOException in words, where it cannot be told
     */
    List<Change> look() throws IOException, InterruptedException;

    /** Whether what it brings about is that something runs. */
    default boolean starts() {
        return false;
    }

    /** What it found when it looked, in a few words; empty where there is nothing to say. */
    default String state() {
        return "";
    }

    /**
     * Called once all was done that there was to do, and something was. Writes nothing but what is
     * remembered.
     */
    default void settle() throws IOException, InterruptedException {}
}
