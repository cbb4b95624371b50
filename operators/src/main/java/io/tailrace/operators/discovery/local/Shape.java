package io.tailrace.operators.discovery.local;

import io.tailrace.operators.span.wire.KeyTable;
import io.tailrace.operators.span.wire.Utf8Builder;

/** Spans of which all texts that count are the same: what they show, and when they last came. */
final class Shape extends KeyTable.Entry {

    /** For those that join spans with others. */
    final byte[] participant;

    private final SeenItem[] items;
    private boolean pending;
    private long first;
    private long last;
    private long urgentFrom = Long.MIN_VALUE;

    Shape(Utf8Builder key, byte[] participant, SeenItem[] items) {
        super(key);
        this.participant = participant;
        this.items = items;
    }

    /**
     * Notes a span.
     *
     * @return whether nothing was pending before
     */
    boolean note(long arrival) {
        boolean begins = !pending;
        first = begins ? arrival : Math.min(first, arrival);
        last = begins ? arrival : Math.max(last, arrival);
        pending = true;
        return begins;
    }

    /** Whether what it shows may not be able to wait. */
    boolean isUrgent() {
        return last >= urgentFrom;
    }

    /** Notes what is pending with each thing that it shows. */
    void settle(PendingSightings sightings) {
        if (!pending) {
            return;
        }
        for (SeenItem each : items) {
            sightings.note(each, first, last);
        }
        pending = false;
        urgentFrom = Math.max(urgentFrom, last + sightings.urgentAfter());
    }

    void handOnUrgent(PendingSightings sightings) {
        for (SeenItem each : items) {
            sightings.handOnUrgent(each);
        }
    }
}
