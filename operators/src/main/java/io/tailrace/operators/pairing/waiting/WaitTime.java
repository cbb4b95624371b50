package io.tailrace.operators.pairing.waiting;

import io.tailrace.operators.state.ExpirySlices;

import java.time.Duration;

/** How long sides wait, how that time is cut into slices, and how far it is. In milliseconds. */
final class WaitTime {

    /** Further than any clock goes, so that nothing waits longer than to the end of time. */
    private static final long LATEST = Long.MAX_VALUE / 2;

    private final long wait;
    private final ExpirySlices slices;
    private long watermark = Long.MIN_VALUE;

    WaitTime(Duration wait) {
        this.wait = wait.toMillis();
        this.slices = ExpirySlices.ofWait(wait);
    }

    void advance(long now) {
        watermark = now;
    }

    long watermark() {
        return watermark;
    }

    /** Whether two arrivals are at most the wait apart. */
    boolean isNear(long arrival, long other) {
        return Math.abs(arrival - other) <= wait;
    }

    /** When the wait is over of what arrived at a time. */
    long deadline(long arrival) {
        return Math.min(arrival, LATEST) + wait;
    }

    /** Up to which arrival the wait is over. */
    long told() {
        return watermark >= deadline(LATEST) ? Long.MAX_VALUE : watermark - wait;
    }

    /** How long a slice is. */
    long sliceMillis() {
        return slices.millis();
    }

    /** The end of the slice that a deadline is in. */
    long endOf(long deadline) {
        return slices.endOf(deadline);
    }

    /** Whether something of a slice may be due. */
    boolean hasBegun(SideSlice slice) {
        return slice.end() - slices.millis() < watermark;
    }
}
