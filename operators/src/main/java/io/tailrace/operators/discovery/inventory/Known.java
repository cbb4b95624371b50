package io.tailrace.operators.discovery.inventory;

import io.tailrace.operators.discovery.Item;

/** One thing of an {@link ItemTable}. */
final class Known {

    private final Item identity;
    private final long number;
    private Seen seen;

    /** Its place in the order of age: when it was last seen, or earlier. */
    private long queued;

    /**
     * @param number how many were known before
     */
    Known(Item identity, Seen seen, long number) {
        this.identity = identity;
        this.number = number;
        this.seen = seen;
        queued = seen.last();
    }

    Item identity() {
        return identity;
    }

    Item item() {
        return seen.columns() == null ? identity : seen.columns();
    }

    Seen seen() {
        return seen;
    }

    void is(Seen now) {
        seen = now;
    }

    /** Those of one age in the order in which they became known. */
    static int byAge(Known one, Known other) {
        int order = Long.compare(one.queued, other.queued);
        return order != 0 ? order : Long.compare(one.number, other.number);
    }

    boolean isInPlace() {
        return queued == seen.last();
    }

    /** Only while it is not in the queue. */
    void takePlace() {
        queued = seen.last();
    }
}
