package io.tailrace.operators.pairing.waiting;

import io.tailrace.operators.span.wire.Hashes;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Sides in large arrays, one after the other, so that a million of them cost the garbage collector
 * nothing. An array belongs to one slice of time, and its space comes back with the slice's.
 *
 * <p>What is at an address begins with four bytes of its size there, a multiple of eight, and four
 * of its kind. A side goes on as in {@link Side}, but for four numbers of four bytes between its
 * head and its payload: the address of the next one of the same call, that of the next one due at
 * the same time, that of the first who is paired with it, and the payload's length; or, instead of
 * a payload that another one of the slice has too, the other's address as a negative number.
 *
 * <p>Beside sides there are notes of what became of them, of sixteen bytes beyond size and kind:
 * the address of the next such note, that of the side which it is of, and the id of a span.
 */
final class SideMemory {

    /** The address of nothing. */
    static final int NONE = 0;

    /** The kind of a note that a callee is paired with the caller that the note is of. */
    static final int PAIRED = 3;

    /** The kind of a note that state has a side which waits no longer. */
    static final int ENDED = 4;

    /** Added to the kind of a side that waits no longer. */
    static final int GONE = 1 << 8;

    private static final int NEXT = Side.HEAD;
    private static final int NEXT_DUE = NEXT + 4;
    private static final int FIRST_PAIRED = NEXT + 8;
    private static final int LENGTH = NEXT + 12;
    private static final int PAYLOAD = NEXT + 16;

    private static final int NOTE_NEXT = 8;
    private static final int NOTE_OF = 12;
    private static final int NOTE_SPAN = 16;
    private static final int NOTE = 24;

    /** An address is the number of the array, and where in it, in units of eight bytes. */
    private static final int AT_BITS = 15;

    private static final int AT_MASK = (1 << AT_BITS) - 1;
    private static final int UNIT_BITS = 3;
    private static final int MOST_BYTES = 1 << AT_BITS + UNIT_BITS;
    private static final int LEAST_BYTES = 4 << 10;
    private static final int MOST_SPARE = 64;

    /** How many payloads are looked for among those that come. */
    private static final int REMEMBERED = 1 << 13;

    private final Deque<byte[]> spare = new ArrayDeque<>();
    private final Deque<Integer> unused = new ArrayDeque<>();

    /** By hashes of payloads, sides that have them; null where payloads are not looked at. */
    private final int[] owners;

    private Segment[] segments = new Segment[64];
    private int numbers = 1;
    private long bytes;

    /**
     * @param repeated whether many payloads are the same, so that it is worth having them once
     */
    SideMemory(boolean repeated) {
        owners = repeated ? new int[REMEMBERED] : null;
    }

    /** One array, and how far it is filled. */
    static final class Segment {
        private final byte[] bytes;
        private final int number;
        private final SideSlice slice;
        private final int index;
        private int end;

        private Segment(byte[] bytes, int number, SideSlice slice, int index) {
            this.bytes = bytes;
            this.number = number;
            this.slice = slice;
            this.index = index;
        }

        int length() {
            return bytes.length;
        }

        int end() {
            return end;
        }

        int address(int at) {
            return number << AT_BITS | at >>> UNIT_BITS;
        }
    }

    private Segment segment(int address) {
        return segments[address >>> AT_BITS];
    }

    private static int at(int address) {
        return (address & AT_MASK) << UNIT_BITS;
    }

    private Segment withRoomFor(SideSlice slice, int size) {
        Segment last = slice.lastSegment();
        if (last != null && last.bytes.length - last.end >= size) {
            return last;
        }
        int usual = last == null ? LEAST_BYTES : Math.min(MOST_BYTES, 2 * last.bytes.length);
        byte[] array = usual == MOST_BYTES && size <= usual ? spare.poll() : null;
        if (array == null) {
            array = new byte[Math.max(Math.min(MOST_BYTES, usual), size)];
        }
        Integer free = unused.poll();
        int number = free == null ? numbers++ : free;
        if (number == segments.length) {
            segments = Arrays.copyOf(segments, 2 * number);
        }
        segments[number] = new Segment(array, number, slice, slice.segments());
        slice.add(segments[number]);
        bytes += array.length;
        return segments[number];
    }

    /** Adds a copy of a side to a slice; gives its address. */
    int add(SideSlice slice, Side side) {
        int length = side.payloadTo() - side.payloadFrom();
        int place = owners == null ? NONE : placeOf(side);
        int owner = owners == null ? NONE : owners[place];
        boolean owned = owner > NONE && segment(owner).slice == slice && hasPayload(owner, side);
        int size = PAYLOAD + (owned ? 0 : length + 7 & ~7);
        Segment segment = withRoomFor(slice, size);
        int at = segment.end;
        byte[] array = segment.bytes;
        System.arraycopy(side.head(), side.from(), array, at, Side.HEAD);
        Side.INTS.set(array, at, size);
        Side.LONGS.set(array, at + NEXT, 0L);
        Side.INTS.set(array, at + FIRST_PAIRED, NONE);
        segment.end += size;
        int address = segment.address(at);
        if (owned) {
            Side.INTS.set(array, at + LENGTH, -owner);
            return address;
        }
        Side.INTS.set(array, at + LENGTH, length);
        System.arraycopy(side.bytes(), side.payloadFrom(), array, at + PAYLOAD, length);
        if (owners != null) {
            owners[place] = address;
        }
        return address;
    }

    private static int placeOf(Side side) {
        return (int) Hashes.of(side.bytes(), side.payloadFrom(), side.payloadTo()) & REMEMBERED - 1;
    }

    private boolean hasPayload(int owner, Side side) {
        byte[] array = segment(owner).bytes;
        int from = at(owner) + PAYLOAD;
        int to = from + (int) Side.INTS.get(array, at(owner) + LENGTH);
        return Arrays.equals(array, from, to, side.bytes(), side.payloadFrom(), side.payloadTo());
    }

    /** Notes that a callee is paired with a caller that is here. */
    void addPaired(int caller, long spanId) {
        int note = note(caller, PAIRED);
        byte[] array = segment(note).bytes;
        Side.INTS.set(array, at(note) + NOTE_NEXT, firstPaired(caller));
        Side.LONGS.set(array, at(note) + NOTE_SPAN, spanId);
        Side.INTS.set(segment(caller).bytes, at(caller) + FIRST_PAIRED, note);
    }

    /** Notes that a side which state has waits no longer. */
    void addEnded(int address) {
        note(address, ENDED);
    }

    private int note(int of, int kind) {
        Segment segment = withRoomFor(segment(of).slice, NOTE);
        int at = segment.end;
        Side.INTS.set(segment.bytes, at, NOTE);
        Side.INTS.set(segment.bytes, at + Side.KIND, kind);
        Side.INTS.set(segment.bytes, at + NOTE_OF, of);
        segment.end += NOTE;
        return segment.address(at);
    }

    /** The side that a note is of. */
    int noteOf(int note) {
        return (int) Side.INTS.get(segment(note).bytes, at(note) + NOTE_OF);
    }

    long noteSpan(int note) {
        return (long) Side.LONGS.get(segment(note).bytes, at(note) + NOTE_SPAN);
    }

    int nextNote(int note) {
        return (int) Side.INTS.get(segment(note).bytes, at(note) + NOTE_NEXT);
    }

    /** How many callees a caller is paired with. */
    int paired(int caller) {
        int paired = 0;
        for (int note = firstPaired(caller); note != NONE; note = nextNote(note)) {
            paired++;
        }
        return paired;
    }

    int firstPaired(int caller) {
        return (int) Side.INTS.get(segment(caller).bytes, at(caller) + FIRST_PAIRED);
    }

    /** Sees what is in a slice, in the order it came. */
    @FunctionalInterface
    interface Reader {
        void entry(int address) throws Exception;
    }

    /** Shows all that a slice has, sides and notes. */
    void forEach(SideSlice slice, Reader reader) throws Exception {
        forEach(slice, 0, 0, reader);
    }

    /** Shows what it got since it was written last. */
    void forEachUnwritten(SideSlice slice, Reader reader) throws Exception {
        forEach(slice, slice.writtenSegment(), slice.writtenAt(), reader);
    }

    private static void forEach(SideSlice slice, int firstSegment, int from, Reader reader)
            throws Exception {
        int at = from;
        for (int i = firstSegment; i < slice.segments(); i++) {
            Segment segment = slice.segment(i);
            for (; at < segment.end; at += (int) Side.INTS.get(segment.bytes, at)) {
                reader.entry(segment.address(at));
            }
            at = 0;
        }
    }

    /** Frees all that a slice has. */
    void free(SideSlice slice) {
        for (int i = 0; i < slice.segments(); i++) {
            Segment segment = slice.segment(i);
            segments[segment.number] = null;
            unused.push(segment.number);
            bytes -= segment.bytes.length;
            if (segment.bytes.length == MOST_BYTES && spare.size() < MOST_SPARE) {
                spare.push(segment.bytes);
            }
        }
        slice.clearSegments();
        if (owners != null) {
            // What is at an address may be something else soon.
            Arrays.fill(owners, NONE);
        }
    }

    int next(int address) {
        return (int) Side.INTS.get(segment(address).bytes, at(address) + NEXT);
    }

    void next(int address, int next) {
        Side.INTS.set(segment(address).bytes, at(address) + NEXT, next);
    }

    int nextDue(int address) {
        return (int) Side.INTS.get(segment(address).bytes, at(address) + NEXT_DUE);
    }

    void nextDue(int address, int next) {
        Side.INTS.set(segment(address).bytes, at(address) + NEXT_DUE, next);
    }

    /** Reads some that are needed next, as {@link CallTable#touch} does. */
    long touch(int[] addresses, int count) {
        long touched = 0;
        for (int i = 0; i < count; i++) {
            touched += kind(addresses[i]);
        }
        return touched;
    }

    /** As it was added, also of one that is gone. */
    int kind(int address) {
        return (int) Side.INTS.get(segment(address).bytes, at(address) + Side.KIND) & ~GONE;
    }

    boolean isGone(int address) {
        return ((int) Side.INTS.get(segment(address).bytes, at(address) + Side.KIND) & GONE) != 0;
    }

    void setGone(int address) {
        byte[] array = segment(address).bytes;
        int at = at(address) + Side.KIND;
        Side.INTS.set(array, at, (int) Side.INTS.get(array, at) | GONE);
    }

    long spanId(int address) {
        return (long) Side.LONGS.get(segment(address).bytes, at(address) + Side.SPAN);
    }

    long arrival(int address) {
        return (long) Side.LONGS.get(segment(address).bytes, at(address) + Side.ARRIVAL);
    }

    boolean isOfCall(int address, long high, long low, long callId) {
        byte[] array = segment(address).bytes;
        int at = at(address);
        return (long) Side.LONGS.get(array, at + Side.CALL) == callId
                && (long) Side.LONGS.get(array, at + Side.LOW) == low
                && (long) Side.LONGS.get(array, at + Side.HIGH) == high;
    }

    /** Moves a view to a side. */
    void view(int address, Side view) {
        byte[] array = segment(address).bytes;
        int at = at(address);
        int length = (int) Side.INTS.get(array, at + LENGTH);
        if (length >= 0) {
            view.read(array, at, array, at + PAYLOAD, at + PAYLOAD + length);
            return;
        }
        byte[] owner = segment(-length).bytes;
        int from = at(-length) + PAYLOAD;
        int to = from + (int) Side.INTS.get(owner, at(-length) + LENGTH);
        view.read(array, at, owner, from, to);
    }

    SideSlice slice(int address) {
        return segment(address).slice;
    }

    /** Whether what is at an address was in its slice when that was written last. */
    boolean isWritten(int address) {
        Segment segment = segment(address);
        return segment.slice.isWritten(segment.index, at(address));
    }

    /** The size of the arrays that are in use. */
    long bytes() {
        return bytes;
    }
}
