package io.tailrace.jobs.spec;

import java.time.Duration;

/** Durations outside of specs, written as they are there. */
public final class Durations {

    private Durations() {}

    /**
     * @param text such as {@code 1h30m}, {@code 1.5s} or {@code 7d}
     * @throws IllegalArgumentException where it is no duration, in words for the user
     */
    public static Duration of(String text) {
        DurationShape shape = new DurationShape();
        try {
            return (Duration) shape.read(text);
        } catch (UnfitException wrong) {
            String meant =
                    wrong.suggestion().isEmpty()
                            ? "expected " + shape.expected()
                            : "did you mean " + Quoted.of(wrong.suggestion()) + '?';
            throw new IllegalArgumentException(
                    Quoted.of(text) + " is not " + shape.noun() + "; " + meant, wrong);
        }
    }
}
