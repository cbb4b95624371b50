package io.tailrace.operators.pairing.waiting;

/** An array of a slice of time, and how far it is filled. */
final class Segment {

    /** An address is the number of a segment, and where in it, in units of eight bytes. */
    private static final int AT_BITS = 15;

    private static final int AT_MASK = (1 << AT_BITS) - 1;
    private static final int UNIT_BITS = 3;

    /** As far as addresses reach into one. */
    static final int MOST_BYTES = 1 << AT_BITS + UNIT_BITS;

    private final byte[] bytes;
    private final int number;
    private final SideSlice slice;
    private final int index;
    private int end;

    /**
     * @param index its place in the slice
     */
    Segment(byte[] bytes, int number, SideSlice slice, int index) {
        this.bytes = bytes;
        this.number = number;
        this.slice = slice;
        this.index = index;
    }

    /** The number of the segment that has an address. */
    static int number(int address) {
        return address >>> AT_BITS;
    }

    /** Where in its segment an address is. */
    static int at(int address) {
        return (address & AT_MASK) << UNIT_BITS;
    }

    int address(int at) {
        return number << AT_BITS | at >>> UNIT_BITS;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return bytes.length;
    }

    int number() {
        return number;
    }

    SideSlice slice() {
        return slice;
    }

    int end() {
        return end;
    }

    boolean hasRoomFor(int size) {
        return bytes.length - end >= size;
    }

    /** Takes room at its end; gives where that begins. */
    int take(int size) {
        int at = end;
        end += size;
        return at;
    }

    /** Whether what is at a place was there when its slice was written last. */
    boolean isWritten(int at) {
        return slice.isWritten(index, at);
    }
}
