package io.tailrace.operators.discovery.local;

import io.tailrace.operators.application.Application;
import io.tailrace.operators.discovery.Item;
import io.tailrace.operators.discovery.Sighting;

/** A thing that is known here, and when it was seen since it was last handed on. */
final class SeenItem {

    final Application application;
    final Item item;

    private boolean pending;
    private long first;
    private long last;
    private long handedOn = Long.MIN_VALUE;

    SeenItem(Application application, Item item) {
        this.application = application;
        this.item = item;
    }

    /**
     * Notes that it was seen.
     *
     * @return whether nothing was pending before
     */
    boolean note(long from, long to) {
        boolean begins = !pending;
        first = begins ? from : Math.min(first, from);
        last = begins ? to : Math.max(last, to);
        pending = true;
        return begins;
    }

    boolean isPending() {
        return pending;
    }

    /** Whether it was handed on never, or so long ago in arrivals. */
    boolean isUrgent(long millis) {
        return pending && (handedOn == Long.MIN_VALUE || last - handedOn >= millis);
    }

    /** What is pending, which is then no longer. */
    Sighting handOn() {
        pending = false;
        handedOn = Math.max(handedOn, last);
        return new Sighting(application, item, first, last);
    }
}
