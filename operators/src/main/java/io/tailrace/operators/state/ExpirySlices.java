package io.tailrace.operators.state;

import java.time.Duration;

/**
 * How time is cut into slices: what expires in the same one is forgotten together.
 *
 * @param millis the length of a slice; slices end at its multiples
 */
public record ExpirySlices(long millis) {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final int PARTS = 32;
    private static final int MOST_PARTS = 512;
    private static final int PARTS_OF_WAIT = 16;
    private static final Duration LONGEST_OF_WAIT = Duration.ofSeconds(15);

    /**
     * By how long decisions are remembered: a small part of that, so that little outlives it, but
     * not so small that there are many slices.
     */
    public static ExpirySlices of(Duration memory) {
        long part = memory.toMillis() / PARTS;
        long longest = Math.max(LONGEST.toMillis(), memory.toMillis() / MOST_PARTS);
        return new ExpirySlices(Math.max(SHORTEST.toMillis(), Math.min(longest, part)));
    }

    /** By how long something waits: a larger part, for all of a slice come into memory at once. */
    public static ExpirySlices ofWait(Duration wait) {
        long part = Math.min(LONGEST_OF_WAIT.toMillis(), wait.toMillis() / PARTS_OF_WAIT);
        return new ExpirySlices(Math.max(SHORTEST.toMillis(), part));
    }

    /** Longer ones, of which two are enough for all that waits. */
    public static ExpirySlices generationsOfWait(Duration wait) {
        long slice = ofWait(wait).millis;
        return new ExpirySlices(slice * (wait.toMillis() / slice + 1));
    }

    /**
     * Longer ones, of which few begin while a decision is remembered. Each is as long as some
     * slices, so that none is in two of them.
     */
    public static ExpirySlices generations(Duration memory) {
        long slice = of(memory).millis;
        return new ExpirySlices(slice * Math.max(PARTS, memory.toMillis() / slice + 1));
    }

    /**
     * The end of the slice that a time is in, which is that time or later: the first multiple, or
     * {@link Long#MAX_VALUE} where there is none.
     */
    public long endOf(long time) {
        long rest = Math.floorMod(time, millis);
        if (rest == 0) {
            return time;
        }
        long missing = millis - rest;
        return time > Long.MAX_VALUE - missing ? Long.MAX_VALUE : time + missing;
    }
}
