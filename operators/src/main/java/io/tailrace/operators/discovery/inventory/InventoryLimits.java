package io.tailrace.operators.discovery.inventory;

import io.tailrace.operators.discovery.Entity;

import java.io.Serializable;
import java.time.Duration;

/**
 * How long an inventory remembers, and how much.
 *
 * @param ttl how long after it was last seen a thing goes, above 0
 * @param topoNodeTtl the same of topology nodes
 * @param refresh how old the last_seen that is written may be before it is written again; at most
 *     half of either ttl
 * @param maxEntities things of one entity in an application, 1 or more
 * @param maxEndpoints distinct names of endpoints of one owner, 1 or more
 */
public record InventoryLimits(
        Duration ttl, Duration topoNodeTtl, Duration refresh, int maxEntities, int maxEndpoints)
        implements Serializable {

    /** Further than any clock goes, so that nothing is later than the end of time. */
    private static final long LATEST = Long.MAX_VALUE / 4;

    private static final Duration LONGEST = Duration.ofMillis(LATEST);

    /** When something that was last seen then goes. */
    long expiry(Entity entity, long lastSeen) {
        Duration own = entity == Entity.TOPO_NODE ? topoNodeTtl : ttl;
        return Math.min(lastSeen, LATEST) + millis(own);
    }

    long refreshMillis() {
        return millis(refresh);
    }

    private static long millis(Duration duration) {
        return duration.compareTo(LONGEST) < 0 ? duration.toMillis() : LATEST;
    }
}
