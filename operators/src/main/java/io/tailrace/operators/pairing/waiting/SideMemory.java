package io.tailrace.operators.pairing.waiting;

import java.util.Arrays;

/**
 * Sides in large arrays, one after the other, so that a million of them cost the garbage collector
 * nothing. An array is a {@linkplain Segment segment} of one slice of time, and its space comes
 * back with the slice's.
 *
 * <p>What is at an address begins with four bytes of its size there, a multiple of eight, and four
 * of its kind. A side goes on as in {@link Side}, but for four numbers of four bytes between its
 * head and its payload: the address of the next one of the same call, that of the next one due at
 * the same time, that of the first note of who is paired with it, and the payload's length; or,
 * instead of a payload that another one of the slice has too, the other's address as a negative
 * number. Beside sides there are {@linkplain SideNotes notes} of them.
 */
final class SideMemory {

    /** The address of nothing. */
    static final int NONE = 0;

    /** Added to the kind of a side that waits no longer. */
    static final int GONE = 1 << 8;

    private static final int NEXT = Side.HEAD;
    private static final int NEXT_DUE = NEXT + 4;

    /** Where a side has the address of a note; {@link SideNotes} sets it. */
    static final int FIRST_PAIRED = NEXT + 8;

    private static final int LENGTH = NEXT + 12;
    private static final int PAYLOAD = NEXT + 16;

    private final Segments segments = new Segments();
    private final SideNotes notes = new SideNotes(segments);

    /** Null where payloads are not looked at. */
    private final PayloadOwners owners;

    /**
     * @param repeated whether many payloads are the same, so that it is worth having them once
     */
    SideMemory(boolean repeated) {
        owners = repeated ? new PayloadOwners() : null;
    }

    /** Adds a copy of a side to a slice; gives its address. */
    int add(SideSlice slice, Side side) {
        int length = side.payloadTo() - side.payloadFrom();
        int place = owners == null ? 0 : PayloadOwners.place(side);
        int owner = owners == null ? NONE : owners.at(place);
        // One below 0, as in the last of very many segments, cannot be told from a length.
        boolean owned =
                owner > NONE && segments.of(owner).slice() == slice && hasPayload(owner, side);
        int size = PAYLOAD + (owned ? 0 : length + 7 & ~7);
        Segment segment = segments.withRoomFor(slice, size);
        int at = segment.take(size);
        byte[] array = segment.bytes();
        System.arraycopy(side.head(), side.from(), array, at, Side.HEAD);
        Side.INTS.set(array, at, size);
        Side.LONGS.set(array, at + NEXT, 0L);
        Side.INTS.set(array, at + FIRST_PAIRED, NONE);
        int address = segment.address(at);
        if (owned) {
            Side.INTS.set(array, at + LENGTH, -owner);
            return address;
        }
        Side.INTS.set(array, at + LENGTH, length);
        System.arraycopy(side.bytes(), side.payloadFrom(), array, at + PAYLOAD, length);
        if (owners != null) {
            owners.set(place, address);
        }
        return address;
    }

    private boolean hasPayload(int owner, Side side) {
        byte[] array = segments.array(owner);
        int from = Segment.at(owner) + PAYLOAD;
        int to = from + (int) Side.INTS.get(array, Segment.at(owner) + LENGTH);
        return Arrays.equals(array, from, to, side.bytes(), side.payloadFrom(), side.payloadTo());
    }

    /** What became of the sides. */
    SideNotes notes() {
        return notes;
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
            for (; at < segment.end(); at += (int) Side.INTS.get(segment.bytes(), at)) {
                reader.entry(segment.address(at));
            }
            at = 0;
        }
    }

    /** Frees all that a slice has. */
    void free(SideSlice slice) {
        segments.free(slice);
        if (owners != null) {
            // What is at an address may be something else soon.
            owners.clear();
        }
    }

    private int getInt(int address, int offset) {
        return (int) Side.INTS.get(segments.array(address), Segment.at(address) + offset);
    }

    private long getLong(int address, int offset) {
        return (long) Side.LONGS.get(segments.array(address), Segment.at(address) + offset);
    }

    private void setInt(int address, int offset, int value) {
        Side.INTS.set(segments.array(address), Segment.at(address) + offset, value);
    }

    int next(int address) {
        return getInt(address, NEXT);
    }

    void next(int address, int next) {
        setInt(address, NEXT, next);
    }

    int nextDue(int address) {
        return getInt(address, NEXT_DUE);
    }

    void nextDue(int address, int next) {
        setInt(address, NEXT_DUE, next);
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
        return getInt(address, Side.KIND) & ~GONE;
    }

    boolean isGone(int address) {
        return (getInt(address, Side.KIND) & GONE) != 0;
    }

    void setGone(int address) {
        setInt(address, Side.KIND, getInt(address, Side.KIND) | GONE);
    }

    long spanId(int address) {
        return getLong(address, Side.SPAN);
    }

    long arrival(int address) {
        return getLong(address, Side.ARRIVAL);
    }

    boolean isOfCall(int address, long high, long low, long callId) {
        byte[] array = segments.array(address);
        int at = Segment.at(address);
        return (long) Side.LONGS.get(array, at + Side.CALL) == callId
                && (long) Side.LONGS.get(array, at + Side.LOW) == low
                && (long) Side.LONGS.get(array, at + Side.HIGH) == high;
    }

    /** Moves a view to a side. */
    void view(int address, Side view) {
        byte[] array = segments.array(address);
        int at = Segment.at(address);
        int length = (int) Side.INTS.get(array, at + LENGTH);
        if (length >= 0) {
            view.read(array, at, array, at + PAYLOAD, at + PAYLOAD + length);
            return;
        }
        byte[] owner = segments.array(-length);
        int from = Segment.at(-length) + PAYLOAD;
        int to = from + (int) Side.INTS.get(owner, Segment.at(-length) + LENGTH);
        view.read(array, at, owner, from, to);
    }

    /** Whether what is at an address was in its slice when that was written last. */
    boolean isWritten(int address) {
        return segments.of(address).isWritten(Segment.at(address));
    }

    /** The size of the arrays that are in use. */
    long bytes() {
        return segments.bytes();
    }
}
