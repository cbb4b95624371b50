package io.tailrace.operators.discovery.inventory;

import io.tailrace.operators.discovery.Item;
import io.tailrace.operators.discovery.Named;

import java.util.HashMap;
import java.util.Map;

/** The distinct names of endpoints, by owner. The one that stands for all others is not counted. */
final class OwnedNames {

    /** By owner and name, how many things have it: they may differ in other columns. */
    private final Map<String, Map<String, Integer>> things = new HashMap<>();

    /** Whether a thing can be there under its name where an owner may have so many names. */
    boolean hasRoomFor(Named thing, int most) {
        Map<String, Integer> names = things.get(thing.owner());
        return !isCounted(thing)
                || names == null
                || names.size() < most
                || names.containsKey(thing.endpointName());
    }

    void add(Item item) {
        if (item instanceof Named thing && isCounted(thing)) {
            things.computeIfAbsent(thing.owner(), owner -> new HashMap<>())
                    .merge(thing.endpointName(), 1, Integer::sum);
        }
    }

    void remove(Item item) {
        if (item instanceof Named thing && isCounted(thing)) {
            things.computeIfPresent(
                    thing.owner(),
                    (owner, names) -> {
                        names.computeIfPresent(
                                thing.endpointName(),
                                (name, count) -> count == 1 ? null : (Integer) (count - 1));
                        return names.isEmpty() ? null : names;
                    });
        }
    }

    private static boolean isCounted(Named thing) {
        return !thing.endpointName().equals(Named.OVERFLOW);
    }
}
