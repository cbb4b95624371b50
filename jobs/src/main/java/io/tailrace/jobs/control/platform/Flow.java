package io.tailrace.jobs.control.platform;

/**
 * A flow as the platform shows it.
 *
 * @param said its status in the platform's word
 */
public record Flow(long id, String name, String said) {

    public FlowStatus status() {
        return FlowStatus.of(said);
    }
}
