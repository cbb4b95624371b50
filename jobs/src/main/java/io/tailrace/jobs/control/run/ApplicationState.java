package io.tailrace.jobs.control.run;

import java.util.List;

/**
 * How an application is doing.
 *
 * @param status what came of the last {@code apply}; null before the first
 * @param steps in their order
 * @param log the latest dated lines on what was done
 */
public record ApplicationState(
        String application,
        String status,
        boolean paused,
        List<StepState> steps,
        List<String> log) {

    /**
     * A step.
     *
     * @param state in a few words; empty where there is nothing to say
     * @param differences how much is not as the spec says
     * @param failure why it cannot be told; empty where it can
     */
    public record StepState(String step, String state, long differences, String failure) {

        public boolean isAsWanted() {
            return differences == 0 && failure.isEmpty();
        }
    }

    /** Whether something is not as the spec says, or cannot be told. */
    public boolean isAsWanted() {
        return steps.stream().allMatch(StepState::isAsWanted);
    }

    /** Whether something cannot be told. */
    public boolean failed() {
        return steps.stream().anyMatch(each -> !each.failure().isEmpty());
    }
}
