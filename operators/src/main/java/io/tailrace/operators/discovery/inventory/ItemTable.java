package io.tailrace.operators.discovery.inventory;

import io.tailrace.operators.discovery.Host;
import io.tailrace.operators.discovery.Item;
import io.tailrace.operators.discovery.Named;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * All things of one entity in an application, in memory. What is seen again takes its new place in
 * the order of age only once its old one is the oldest, so that a sighting costs a look-up.
 */
final class ItemTable {

    /** Where there is no timer. */
    static final long NONE = Long.MAX_VALUE;

    private final Map<Item, Known> things = new HashMap<>();
    private final PriorityQueue<Known> byAge = new PriorityQueue<>(Known::byAge);
    private final OwnedNames names = new OwnedNames();
    private final Map<String, List<Known>> hosts = new HashMap<>();
    private long number;
    private long timer = NONE;

    /** Null where it is not known. */
    Known get(Item identity) {
        return things.get(identity);
    }

    /** Whether a thing can be there under its name where an owner may have so many names. */
    boolean hasRoomFor(Named thing, int mostNames) {
        return names.hasRoomFor(thing, mostNames);
    }

    Known add(Item identity, Seen seen) {
        Known known = new Known(identity, seen, number++);
        things.put(identity, known);
        byAge.add(known);
        names.add(identity);
        if (identity instanceof Host host) {
            hosts.computeIfAbsent(host.ip(), ip -> new ArrayList<>(1)).add(known);
        }
        return known;
    }

    /** That which was not seen for longest; null where there is nothing. */
    Known oldest() {
        Known oldest = byAge.peek();
        while (oldest != null && !oldest.isInPlace()) {
            byAge.poll();
            oldest.takePlace();
            byAge.add(oldest);
            oldest = byAge.peek();
        }
        return oldest;
    }

    /** Only right after {@link #oldest}. */
    void removeOldest() {
        Known oldest = byAge.poll();
        things.remove(oldest.identity());
        names.remove(oldest.identity());
        if (oldest.identity() instanceof Host host) {
            hosts.computeIfPresent(
                    host.ip(),
                    (ip, those) -> those.remove(oldest) && those.isEmpty() ? null : those);
        }
    }

    /** All services' hosts of that ip. */
    List<Known> hosts(String ip) {
        return hosts.getOrDefault(ip, List.of());
    }

    Collection<Known> all() {
        return things.values();
    }

    int size() {
        return things.size();
    }

    /** When the timer fires; {@link #NONE} where there is none. */
    long timer() {
        return timer;
    }

    void timerAt(long time) {
        timer = time;
    }
}
