package io.tailrace.operators.discovery.inventory;

import io.tailrace.operators.application.Application;
import io.tailrace.operators.discovery.HostState;
import io.tailrace.operators.discovery.InventoryChange;
import io.tailrace.operators.discovery.Item;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a table has after changes. */
final class InventoryRows {

    /** What tells rows apart. */
    record Key(Application application, Item identity) {}

    /** A row without its key. */
    record Row(Item item, long first, long last, long expires, HostState host) {}

    private final Map<Key, Row> rows = new HashMap<>();
    private int applied;

    /**
     * @param changes all so far; those that were applied before are passed over
     */
    Map<Key, Row> after(List<InventoryChange> changes) {
        for (InventoryChange change : changes.subList(applied, changes.size())) {
            Key key = new Key(change.application(), change.item().identity());
            Row before = rows.get(key);
            switch (change.operation()) {
                case UPSERT -> rows.put(key, row(change, before));
                case EXPIRE -> {
                    if (before != null && before.last() <= change.lastSeen()) {
                        rows.remove(key);
                    }
                }
            }
        }
        applied = changes.size();
        return rows;
    }

    private static Row row(InventoryChange change, Row before) {
        return before == null
                ? new Row(
                        change.item(),
                        change.firstSeen(),
                        change.lastSeen(),
                        change.expiresAt(),
                        change.host())
                : new Row(
                        change.item(),
                        Math.min(before.first(), change.firstSeen()),
                        Math.max(before.last(), change.lastSeen()),
                        Math.max(before.expires(), change.expiresAt()),
                        change.host());
    }
}
