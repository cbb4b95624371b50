package io.tailrace.plain.discovery;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A thing, and when it was seen, in milliseconds since the epoch. */
public record PlainSighting(
        PlainApplication application, PlainItem item, long firstSeen, long lastSeen) {

    /** As {@link InventoryRows} reads its row without times. */
    public String row() {
        return Stream.concat(
                        Stream.of(item.entity(), application.bizId(), application.name()),
                        item.columns().stream())
                .map(String::valueOf)
                .collect(Collectors.joining("|"));
    }

    /**
     * As {@link InventoryRows} reads its row.
     *
     * @param kept from when a thing was last seen until its row expires, in milliseconds
     */
    public String row(long kept) {
        return "%s|%d|%d|%d".formatted(row(), firstSeen, lastSeen, lastSeen + kept);
    }
}
