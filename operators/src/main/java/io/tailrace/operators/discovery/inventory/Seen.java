package io.tailrace.operators.discovery.inventory;

import io.tailrace.operators.discovery.Item;
import io.tailrace.operators.discovery.Sighting;
import io.tailrace.operators.serialization.ValueTypeInformation;

import java.util.Objects;

/**
 * What an inventory remembers of one thing, beside its identity.
 *
 * @param columns the whole item; null where it is its own identity
 * @param first when it was first seen, milliseconds since the epoch
 * @param last when it was last seen
 * @param written the latest {@code last} that was handed on
 * @param lost when its agent was last heard no more; {@link #NEVER} where nobody said so
 */
public record Seen(Item columns, long first, long last, long written, long lost) {

    public static final ValueTypeInformation<Seen> TYPE =
            new ValueTypeInformation<>(Seen.class, new SeenSerializer());

    public static final long NEVER = Long.MIN_VALUE;

    /** What is known by a first sighting, which is handed on at once. */
    static Seen of(Sighting sighting, Item identity) {
        return new Seen(
                identity.equals(sighting.item()) ? null : sighting.item(),
                sighting.firstSeen(),
                sighting.lastSeen(),
                sighting.lastSeen(),
                NEVER);
    }

    /** This very object where nothing is new. */
    Seen with(Sighting sighting, Item identity) {
        Item merged = merged(sighting.item(), columns == null ? identity : columns);
        if (merged == columns && sighting.firstSeen() >= first && sighting.lastSeen() <= last) {
            return this;
        }
        return new Seen(
                merged,
                Math.min(first, sighting.firstSeen()),
                Math.max(last, sighting.lastSeen()),
                written,
                lost);
    }

    private Item merged(Item item, Item known) {
        if (known.equals(item)) {
            return columns;
        }
        Item merged = known.merge(item);
        return merged.equals(known) ? columns : merged;
    }

    /** This very object where its agent was known to be heard no more already then or later. */
    Seen lostAt(long time) {
        return time <= lost ? this : new Seen(columns, first, last, written, time);
    }

    /** Whether its agent lives; null where nobody said. */
    Boolean agentAlive() {
        return lost == NEVER ? null : (Boolean) (last > lost);
    }

    /** Whether others have to be told, for what they know is {@code before}. */
    boolean isNewsAfter(Seen before, long refresh) {
        return columns != before.columns
                || first < before.first
                || last - written >= refresh
                || !Objects.equals(agentAlive(), before.agentAlive());
    }

    Seen handedOn() {
        return new Seen(columns, first, last, last, lost);
    }
}
