package io.tailrace.operators.pairing.waiting;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * The segments of all slices, by number. What a slice has gets twice as large with each, so that
 * slices of few sides take little; those of the largest size are used again.
 */
final class Segments {

    private static final int LEAST_BYTES = 4 << 10;
    private static final int MOST_SPARE = 64;

    private final Deque<byte[]> spare = new ArrayDeque<>();
    private final Deque<Integer> unused = new ArrayDeque<>();
    private Segment[] all = new Segment[64];

    /** Their arrays by themselves, so that a look into one is a step shorter. */
    private byte[][] arrays = new byte[64][];

    /** From 1 on, so that no address is 0. */
    private int numbers = 1;

    private long bytes;

    /** That of an address. */
    Segment of(int address) {
        return all[Segment.number(address)];
    }

    /** The array that an address is in, from {@link Segment#at} on. */
    byte[] array(int address) {
        return arrays[Segment.number(address)];
    }

    /** The last one of a slice, or a new one. */
    Segment withRoomFor(SideSlice slice, int size) {
        Segment last = slice.lastSegment();
        return last != null && last.hasRoomFor(size) ? last : next(slice, last, size);
    }

    private Segment next(SideSlice slice, Segment last, int size) {
        int usual = last == null ? LEAST_BYTES : Math.min(Segment.MOST_BYTES, 2 * last.length());
        byte[] array = usual == Segment.MOST_BYTES && size <= usual ? spare.poll() : null;
        if (array == null) {
            array = new byte[Math.max(usual, size)];
        }
        Integer free = unused.poll();
        int number = free == null ? numbers++ : free;
        if (number == all.length) {
            all = Arrays.copyOf(all, 2 * number);
            arrays = Arrays.copyOf(arrays, 2 * number);
        }
        all[number] = new Segment(array, number, slice, slice.segments());
        arrays[number] = array;
        slice.add(all[number]);
        bytes += array.length;
        return all[number];
    }

    /** Frees those of a slice. */
    void free(SideSlice slice) {
        for (int i = 0; i < slice.segments(); i++) {
            Segment segment = slice.segment(i);
            all[segment.number()] = null;
            arrays[segment.number()] = null;
            unused.push(segment.number());
            bytes -= segment.length();
            if (segment.length() == Segment.MOST_BYTES && spare.size() < MOST_SPARE) {
                spare.push(segment.bytes());
            }
        }
        slice.clearSegments();
    }

    /** The size of those that are in use. */
    long bytes() {
        return bytes;
    }
}
