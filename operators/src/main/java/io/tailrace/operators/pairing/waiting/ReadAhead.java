package io.tailrace.operators.pairing.waiting;

/**
 * Some sides at a time, whose memory is read before it is needed. Tables and arrays are larger than
 * any cache; what is read for all of them together is waited for but once. To have its places at
 * hand a side is hashed here.
 */
final class ReadAhead {

    /** So many at a time. */
    static final int SIDES = 32;

    private final ResidentSides resident;
    private final SideMemory memory;
    private final long[] traceHashes = new long[SIDES];
    private final long[] callHashes = new long[SIDES];

    /** Comes of what is read, and is of no use but to have it read. */
    @SuppressWarnings("UnusedVariable")
    private long touched;

    ReadAhead(ResidentSides resident, SideMemory memory) {
        this.resident = resident;
        this.memory = memory;
    }

    /** Reads the sides at some addresses, the first of an array. */
    void touch(int[] addresses, int count) {
        touched = memory.touch(addresses, count);
    }

    /** Hashes a side. */
    void set(int place, Side side) {
        long traceHash = resident.traceHash(side);
        traceHashes[place] = traceHash;
        callHashes[place] = ResidentSides.callHash(traceHash, side);
    }

    /** Reads where the first sides are looked up that were hashed. */
    void touch(int count) {
        touched = resident.touch(traceHashes, callHashes, count);
    }

    long traceHash(int place) {
        return traceHashes[place];
    }

    long callHash(int place) {
        return callHashes[place];
    }
}
