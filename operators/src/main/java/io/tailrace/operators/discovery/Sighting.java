package io.tailrace.operators.discovery;

import io.tailrace.operators.application.Application;
import io.tailrace.operators.serialization.ValueTypeInformation;

/**
 * A thing was seen.
 *
 * @param firstSeen the earliest arrival of a span that shows it, milliseconds since the epoch
 * @param lastSeen the latest
 */
public record Sighting(Application application, Item item, long firstSeen, long lastSeen) {

    public static final ValueTypeInformation<Sighting> TYPE =
            new ValueTypeInformation<>(Sighting.class, new SightingSerializer());

    public InventoryKey key() {
        return new InventoryKey(application, item.entity());
    }
}
