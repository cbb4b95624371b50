package io.tailrace.operators.span.wire;

import java.util.Arrays;
import java.util.SplittableRandom;

/** The traces of one request, numbered in the order of their first spans: a hash table of longs. */
final class TraceTable {

    private static final int LEAST_SLOTS = 64;

    /** Another one in each instance, so that nobody can choose ids that all fall into one place. */
    private final long seed = new SplittableRandom().nextLong();

    private long[] highs = new long[16];
    private long[] lows = new long[16];
    private int[] lastSpans = new int[16];
    private int[] spanCounts = new int[16];
    private int size;

    /** Open addressing; a slot holds the trace's number + 1, or 0. */
    private int[] slots = new int[LEAST_SLOTS];

    void clear() {
        if (slots.length > LEAST_SLOTS && slots.length > 32 * size) {
            // After one large request the many small ones shall not pay for its size.
            slots = new int[slots.length / 2];
        } else {
            Arrays.fill(slots, 0);
        }
        size = 0;
    }

    int size() {
        return size;
    }

    /** The number of a trace, a new one if it is new. */
    int number(long high, long low) {
        int slot = slotOf(high, low);
        if (slots[slot] != 0) {
            return slots[slot] - 1;
        }
        if (size == highs.length) {
            grow();
        }
        if (4 * size >= slots.length) {
            spread();
            slot = slotOf(high, low);
        }
        highs[size] = high;
        lows[size] = low;
        lastSpans[size] = -1;
        spanCounts[size] = 0;
        slots[slot] = ++size;
        return size - 1;
    }

    private int slotOf(long high, long low) {
        int mask = slots.length - 1;
        int slot = (int) Hashes.mix(Hashes.mix(seed ^ high) ^ low) & mask;
        while (slots[slot] != 0
                && (highs[slots[slot] - 1] != high || lows[slots[slot] - 1] != low)) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        highs = Arrays.copyOf(highs, 2 * size);
        lows = Arrays.copyOf(lows, 2 * size);
        lastSpans = Arrays.copyOf(lastSpans, 2 * size);
        spanCounts = Arrays.copyOf(spanCounts, 2 * size);
    }

    private void spread() {
        slots = new int[2 * slots.length];
        for (int i = 0; i < size; i++) {
            slots[slotOf(highs[i], lows[i])] = i + 1;
        }
    }

    /** Notes a span as the trace's last; gives the one before it, or -1. */
    int addSpan(int trace, int span) {
        int before = lastSpans[trace];
        lastSpans[trace] = span;
        spanCounts[trace]++;
        return before;
    }

    int lastSpan(int trace) {
        return lastSpans[trace];
    }

    int spans(int trace) {
        return spanCounts[trace];
    }

    long high(int trace) {
        return highs[trace];
    }

    long low(int trace) {
        return lows[trace];
    }
}
