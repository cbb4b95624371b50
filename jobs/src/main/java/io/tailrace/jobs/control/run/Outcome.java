package io.tailrace.jobs.control.run;

import io.tailrace.jobs.control.change.Change;

import java.util.List;

/**
 * What was found or done for one application.
 *
 * @param application its key
 * @param status what the application's status is now; null where it has none
 * @param changes what is to be done, or was done
 * @param failures of steps, in words
 * @param notes what there is to say beside
 */
public record Outcome(
        String application,
        String status,
        List<Change> changes,
        List<String> failures,
        List<String> notes) {

    /** How many things differ by themselves, and not because of others. */
    public long differing() {
        return changes.stream().filter(each -> !each.isConsequence()).count();
    }
}
