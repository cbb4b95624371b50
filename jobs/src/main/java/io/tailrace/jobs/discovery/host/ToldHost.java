package io.tailrace.jobs.discovery.host;

import io.tailrace.operators.application.Application;
import io.tailrace.operators.discovery.HostState;
import io.tailrace.operators.discovery.InventoryChange;
import io.tailrace.operators.discovery.Item;

/**
 * A row of a host that was handed on.
 *
 * @param change as the inventory has it
 * @param state as it was handed on
 */
record ToldHost(InventoryChange change, HostState state) {

    /** What tells rows of one ip in a business apart. */
    record Row(Application application, Item item) {
        static Row of(InventoryChange change) {
            return new Row(change.application(), change.item());
        }
    }

    Row row() {
        return Row.of(change);
    }

    /** What is to be written. */
    InventoryChange whole() {
        return new InventoryChange(
                change.operation(),
                change.application(),
                change.item(),
                change.firstSeen(),
                change.lastSeen(),
                change.expiresAt(),
                state);
    }

    boolean isLost() {
        return isLost(change) && !Boolean.TRUE.equals(state.agentAlive());
    }

    /** Whether the inventory says so. */
    static boolean isLost(InventoryChange change) {
        return Boolean.FALSE.equals(change.host().agentAlive());
    }
}
