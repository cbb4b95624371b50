package io.tailrace.bench.discovery;

import io.tailrace.bench.measure.Run;
import io.tailrace.operators.discovery.Entity;
import io.tailrace.operators.discovery.Item;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * The things that were told of, and whether they are those of the spans sent: the varied workload
 * has seven services of 29 operations of each kind, three of them with a database and three with a
 * cache.
 */
final class Inventoried {

    private static final Map<Entity, Integer> EXPECTED =
            Map.of(
                    // Services, and what six of them use.
                    Entity.TOPO_NODE,
                    7 + 6,
                    // Nine of the services with a database, nine of those with a cache, and five of
                    // the storefront.
                    Entity.ENDPOINT,
                    (9 + 9 + 5) * 29,
                    Entity.ROOT_ENDPOINT,
                    29,
                    Entity.HOST,
                    0,
                    // Three processes of each service by each of its categories, of which the
                    // storefront has three and others have two; four databases for each of three
                    // services, and a thousand caches.
                    Entity.INSTANCE,
                    3 * (3 + 6 * 2) + 3 * 4 + 3 * 4 * 250,
                    // From six services to what they use, and from the storefront to them.
                    Entity.RELATION,
                    6 + 6,
                    Entity.REMOTE_SERVICE_RELATION,
                    0);

    /** Caches are drawn by lot. */
    private static final int INSTANCES_MISSING = 30;

    /** The pool begins anew each second; spans of a trace are sent as it goes on. */
    private static final long SEEN_ANEW_MILLIS = 2_500;

    private final Run run;

    Inventoried(Run run) {
        this.run = run;
    }

    /** Told of so far. */
    Set<Object> things() {
        return run.things().keySet();
    }

    /** Whether it is all that there is. */
    boolean isWhole() {
        Map<Entity, Integer> counts = counts();
        for (Map.Entry<Entity, Integer> each : EXPECTED.entrySet()) {
            int missing = each.getValue() - counts.get(each.getKey());
            int may = each.getKey() == Entity.INSTANCE ? INSTANCES_MISSING : 0;
            if (missing < 0 || missing > may) {
                return false;
            }
        }
        return true;
    }

    /**
     * @throws IOException where it is not all that there is
     */
    void requireWhole() throws IOException {
        if (!isWhole()) {
            throw new IOException(
                    "The inventory is to have %s, but it has %s"
                            .formatted(new EnumMap<>(EXPECTED), counts()));
        }
    }

    /**
     * After the end: each must have been seen until then.
     *
     * @throws IOException where one was not
     */
    void requireSeenToTheEnd(Set<Object> things) throws IOException {
        long due = run.arrival() - SEEN_ANEW_MILLIS;
        Map<Object, Long> seen = run.things();
        for (Object thing : things) {
            if (seen.get(thing) < due) {
                throw new IOException(
                        "%s was sent until %d, but last seen at %d"
                                .formatted(thing, run.arrival(), seen.get(thing)));
            }
        }
    }

    private Map<Entity, Integer> counts() {
        Map<Entity, Integer> counts = new EnumMap<>(Entity.class);
        for (Entity entity : Entity.values()) {
            counts.put(entity, 0);
        }
        things().forEach(thing -> counts.merge(((Item) thing).entity(), 1, Integer::sum));
        return counts;
    }
}
