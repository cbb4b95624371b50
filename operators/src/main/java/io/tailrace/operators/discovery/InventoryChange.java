package io.tailrace.operators.discovery;

import io.tailrace.operators.application.Application;
import io.tailrace.operators.serialization.ValueTypeInformation;

/**
 * Something is to be written to an inventory, or has gone from it.
 *
 * @param item whole where it is written; its identity where it has gone
 * @param firstSeen milliseconds since the epoch
 * @param lastSeen the same; where the row of a thing that has gone was seen later, it stays
 * @param expiresAt when it goes if it is not seen again, and nobody else made it go
 * @param host what is known of a host beside its spans; null for all other things
 */
public record InventoryChange(
        Operation operation,
        Application application,
        Item item,
        long firstSeen,
        long lastSeen,
        long expiresAt,
        HostState host) {

    public static final ValueTypeInformation<InventoryChange> TYPE =
            new ValueTypeInformation<>(InventoryChange.class, new InventoryChangeSerializer());

    /** What becomes of a row. */
    public enum Operation {
        UPSERT,
        EXPIRE
    }
}
