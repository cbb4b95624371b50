package io.tailrace.operators.pairing.waiting;

/**
 * Finds the first side of a call in a {@link SideMemory}: open addressing, at most half full. A
 * place holds 32 bits of the call's hash and the address, so that most sides which are not meant
 * are never looked at.
 */
final class CallTable {

    private static final int LEAST = 1 << 10;
    private static final long ADDRESS = 0xffff_ffffL;

    private final SideMemory memory;
    private long[] places = new long[LEAST];
    private int size;

    CallTable(SideMemory memory) {
        this.memory = memory;
    }

    /** The place of a call; where it has none, that which it would get, as {@code ~place}. */
    int find(int hash, long high, long low, long callId) {
        int mask = places.length - 1;
        int at = hash & mask;
        for (long there = places[at]; there != 0; there = places[at]) {
            if ((int) (there >>> 32) == hash && memory.isOfCall((int) there, high, low, callId)) {
                return at;
            }
            at = at + 1 & mask;
        }
        return ~at;
    }

    /**
     * Reads where look-ups begin, and the sides that they are likely to come to. What is read
     * before it is needed is there by then, and all of it is waited for together; so these loops do
     * nothing else.
     *
     * @param hashes of which the last 32 bits count
     * @return what a caller has to do something with, so that it is read indeed
     */
    long touch(long[] hashes, int count) {
        long[] all = places;
        int mask = all.length - 1;
        long touched = 0;
        for (int i = 0; i < count; i++) {
            touched += all[(int) hashes[i] & mask];
        }
        for (int i = 0; i < count; i++) {
            long there = all[(int) hashes[i] & mask];
            if (there != 0 && (int) (there >>> 32) == (int) hashes[i]) {
                touched += memory.kind((int) there);
            }
        }
        return touched;
    }

    /** The address of the first side of a place. */
    int first(int place) {
        return (int) places[place];
    }

    void first(int place, int address) {
        places[place] = places[place] & ~ADDRESS | address & ADDRESS;
    }

    /**
     * Adds a call that has none.
     *
     * @param place that it would get
     */
    void add(int place, int hash, int address) {
        places[place] = (long) hash << 32 | address & ADDRESS;
        size++;
        if (2 * size > places.length) {
            resize(2 * places.length);
        }
    }

    /** Removes a place; those behind it move up. */
    void remove(int place) {
        int mask = places.length - 1;
        int hole = place;
        for (int at = place + 1 & mask; places[at] != 0; at = at + 1 & mask) {
            int home = (int) (places[at] >>> 32) & mask;
            // It may move only where it is still found from its home on.
            if ((at - home & mask) >= (at - hole & mask)) {
                places[hole] = places[at];
                hole = at;
            }
        }
        places[hole] = 0;
        size--;
        if (16 * size < places.length && places.length > LEAST) {
            resize(Math.max(LEAST, places.length / 4));
        }
    }

    private void resize(int length) {
        long[] before = places;
        places = new long[length];
        int mask = length - 1;
        for (long each : before) {
            if (each != 0) {
                int at = (int) (each >>> 32) & mask;
                while (places[at] != 0) {
                    at = at + 1 & mask;
                }
                places[at] = each;
            }
        }
    }

    /** How many calls there are. */
    int size() {
        return size;
    }

    long bytes() {
        return (long) places.length * Long.BYTES;
    }
}
