package io.tailrace.operators.discovery.local;

import io.tailrace.operators.application.Application;
import io.tailrace.operators.discovery.Item;
import io.tailrace.operators.discovery.Sighting;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What was seen, until it is handed on. A new thing is at once; so is one that was not handed on
 * for half of {@code refresh}, so that whoever forgets things hears of it in time. All else waits
 * until it is asked for, or until event time has gone on by a quarter of {@code refresh}. It is
 * never part of state.
 */
final class PendingSightings {

    /** About what a thing takes that is known: its place in the table, its times, its objects. */
    private static final int OBJECTS = 256;

    private final long urgentAfter;
    private final long period;
    private final Consumer<Sighting> out;
    private final Map<Key, SeenItem> known = new HashMap<>();
    private final List<SeenItem> pending = new ArrayList<>();
    private long due = Long.MIN_VALUE;
    private long bytes;

    private record Key(Application application, Item item) {}

    /**
     * @param refreshMillis how often what is seen all the time is written
     * @param out gets what is handed on
     */
    PendingSightings(long refreshMillis, Consumer<Sighting> out) {
        this.urgentAfter = refreshMillis / 2;
        this.period = refreshMillis / 4;
        this.out = out;
    }

    /** In arrivals, how long after it was handed on a thing that is seen is handed on at once. */
    long urgentAfter() {
        return urgentAfter;
    }

    /** Where sightings of a thing are noted, until all is forgotten. */
    SeenItem of(Application application, Item item) {
        SeenItem there = known.get(new Key(application, item));
        if (there == null) {
            there = new SeenItem(application, item);
            known.put(new Key(application, item), there);
            // Its texts, and about as much again for their names: close enough, and of any item.
            bytes += OBJECTS + item.toString().length();
        }
        return there;
    }

    /** Notes that something was seen, and does not hand it on. */
    void note(SeenItem item, long first, long last) {
        if (item.note(first, last)) {
            pending.add(item);
        }
    }

    /** Hands on at once what cannot wait. */
    void handOnUrgent(SeenItem item) {
        if (item.isUrgent(urgentAfter)) {
            out.accept(item.handOn());
        }
    }

    /** Whether all is to be handed on before this watermark passes. */
    boolean isDue(long watermark) {
        if (watermark < due) {
            return false;
        }
        due = watermark > Long.MAX_VALUE - period ? Long.MAX_VALUE : watermark + period;
        return true;
    }

    void handOnAll() {
        for (SeenItem each : pending) {
            if (each.isPending()) {
                out.accept(each.handOn());
            }
        }
        pending.clear();
    }

    /** After which everything is new. */
    void forgetAll() {
        handOnAll();
        known.clear();
        bytes = 0;
    }

    /** About how many bytes of memory all this takes. */
    long bytes() {
        return bytes;
    }

    /** How many things are known. */
    int size() {
        return known.size();
    }
}
