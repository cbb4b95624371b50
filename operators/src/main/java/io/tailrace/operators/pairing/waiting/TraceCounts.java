package io.tailrace.operators.pairing.waiting;

/**
 * How many sides each trace has: open addressing by a hash of 64 bits, at most half full. Two
 * traces of one hash would be counted as one.
 */
final class TraceCounts {

    private static final int LEAST = 1 << 10;

    /** Two for each place: the hash, and the count, which is 0 where there is none. */
    private long[] places = new long[2 * LEAST];

    private int size;

    /** Where a trace is or would be. */
    private int find(long hash) {
        int mask = places.length - 2;
        int at = (int) hash << 1 & mask;
        while (places[at + 1] != 0 && places[at] != hash) {
            at = at + 2 & mask;
        }
        return at;
    }

    /** Reads where look-ups begin, as {@link CallTable#touch} does. */
    long touch(long[] hashes, int count) {
        long[] all = places;
        int mask = all.length - 2;
        long touched = 0;
        for (int i = 0; i < count; i++) {
            touched += all[(int) hashes[i] << 1 & mask];
        }
        return touched;
    }

    long of(long hash) {
        return places[find(hash) + 1];
    }

    /**
     * @param more may be below 0, but no trace has less than none
     */
    void add(long hash, int more) {
        if (more == 0) {
            return;
        }
        int at = find(hash);
        long before = places[at + 1];
        places[at] = hash;
        places[at + 1] = before + more;
        if (before == 0) {
            size++;
            if (4 * size > places.length) {
                resize(2 * places.length);
            }
        } else if (before + more == 0) {
            remove(at);
        }
    }

    private void remove(int place) {
        int mask = places.length - 2;
        int hole = place;
        for (int at = place + 2 & mask; places[at + 1] != 0; at = at + 2 & mask) {
            int home = (int) places[at] << 1 & mask;
            if ((at - home & mask) >= (at - hole & mask)) {
                places[hole] = places[at];
                places[hole + 1] = places[at + 1];
                hole = at;
            }
        }
        places[hole + 1] = 0;
        size--;
        if (32 * size < places.length && places.length > 2 * LEAST) {
            resize(Math.max(2 * LEAST, places.length / 4));
        }
    }

    private void resize(int length) {
        long[] before = places;
        places = new long[length];
        for (int i = 0; i < before.length; i += 2) {
            if (before[i + 1] != 0) {
                int at = find(before[i]);
                places[at] = before[i];
                places[at + 1] = before[i + 1];
            }
        }
    }

    /** How many traces have any. */
    int size() {
        return size;
    }

    long bytes() {
        return (long) places.length * Long.BYTES;
    }
}
