package io.tailrace.operators.pairing.waiting;

/**
 * Notes of what became of sides, in their slices: of 16 bytes behind size and kind, the address of
 * the next note of the same side, that of the side which it is of, and the id of a span.
 */
final class SideNotes {

    /** The kind of a note that a callee is paired with the caller that the note is of. */
    static final int PAIRED = 3;

    /** The kind of a note that state has a side which waits no longer. */
    static final int ENDED = 4;

    private static final int NONE = SideMemory.NONE;
    private static final int NEXT = 8;
    private static final int OF = 12;
    private static final int SPAN = 16;
    private static final int SIZE = 24;

    private final Segments segments;

    SideNotes(Segments segments) {
        this.segments = segments;
    }

    /** Notes that a callee is paired with a caller that is here. */
    void addPaired(int caller, long spanId) {
        int note = add(caller, PAIRED);
        byte[] array = segments.array(note);
        Side.INTS.set(array, Segment.at(note) + NEXT, first(caller));
        Side.LONGS.set(array, Segment.at(note) + SPAN, spanId);
        Side.INTS.set(segments.array(caller), Segment.at(caller) + SideMemory.FIRST_PAIRED, note);
    }

    /** Notes that a side which state has waits no longer. */
    void addEnded(int address) {
        add(address, ENDED);
    }

    private int add(int of, int kind) {
        Segment segment = segments.withRoomFor(segments.of(of).slice(), SIZE);
        int at = segment.take(SIZE);
        Side.INTS.set(segment.bytes(), at, SIZE);
        Side.INTS.set(segment.bytes(), at + Side.KIND, kind);
        Side.INTS.set(segment.bytes(), at + OF, of);
        return segment.address(at);
    }

    /** The side that a note is of. */
    int sideOf(int note) {
        return (int) Side.INTS.get(segments.array(note), Segment.at(note) + OF);
    }

    /** The callee's. */
    long spanId(int note) {
        return (long) Side.LONGS.get(segments.array(note), Segment.at(note) + SPAN);
    }

    private int next(int note) {
        return (int) Side.INTS.get(segments.array(note), Segment.at(note) + NEXT);
    }

    private int first(int caller) {
        return (int)
                Side.INTS.get(segments.array(caller), Segment.at(caller) + SideMemory.FIRST_PAIRED);
    }

    /** How many callees a caller is paired with. */
    int paired(int caller) {
        int paired = 0;
        for (int note = first(caller); note != NONE; note = next(note)) {
            paired++;
        }
        return paired;
    }

    /** Whether a caller is paired with any. */
    boolean isPaired(int caller) {
        return first(caller) != NONE;
    }

    /** Whether a caller is paired with a callee. */
    boolean isPaired(int caller, long spanId) {
        int note = first(caller);
        while (note != NONE && spanId(note) != spanId) {
            note = next(note);
        }
        return note != NONE;
    }
}
