package io.tailrace.operators.sampling.state;

import io.tailrace.operators.span.TraceId;

/**
 * Resident traces by their id: one array to look at before the trace itself, where a map of objects
 * would have three more places in memory. Open addressing with linear probing; what follows a
 * removed trace moves up (Knuth, The Art of Computer Programming, volume 3, algorithm 6.4R).
 */
final class ResidentTable {

    private static final int LEAST = 1 << 10;

    private ResidentTrace[] traces = new ResidentTrace[LEAST];

    /** Of the traces at the same places; spares a look at most of those of another id. */
    private int[] hashes = new int[LEAST];

    private int size;

    int size() {
        return size;
    }

    /** Null where there is none of this id. */
    ResidentTrace get(TraceId id) {
        int hash = hash(id.high(), id.low());
        int mask = traces.length - 1;
        for (int i = hash & mask; traces[i] != null; i = i + 1 & mask) {
            if (hashes[i] == hash && traces[i].is(id)) {
                return traces[i];
            }
        }
        return null;
    }

    /** Adds a trace of whose id there is none. */
    void add(ResidentTrace trace) {
        if (2 * (size + 1) > traces.length) {
            resize(2 * traces.length);
        }
        put(trace, hash(trace.high, trace.low));
        size++;
    }

    private void put(ResidentTrace trace, int hash) {
        int mask = traces.length - 1;
        int i = hash & mask;
        while (traces[i] != null) {
            i = i + 1 & mask;
        }
        traces[i] = trace;
        hashes[i] = hash;
    }

    /** Removes a trace that is there. */
    void remove(ResidentTrace trace) {
        int mask = traces.length - 1;
        int hole = hash(trace.high, trace.low) & mask;
        while (traces[hole] != trace) {
            hole = hole + 1 & mask;
        }
        for (int i = hole + 1 & mask; traces[i] != null; i = i + 1 & mask) {
            // It may move up unless its own place is between the hole and where it is.
            if ((i - hashes[i] & mask) >= (i - hole & mask)) {
                traces[hole] = traces[i];
                hashes[hole] = hashes[i];
                hole = i;
            }
        }
        traces[hole] = null;
        size--;
        if (traces.length > LEAST && 8 * size < traces.length) {
            resize(traces.length / 2);
        }
    }

    /** Reads where a look-up of a trace begins, so that it is there when it is removed. */
    int touch(ResidentTrace trace) {
        int at = hash(trace.high, trace.low) & traces.length - 1;
        return hashes[at] + (traces[at] == trace ? 1 : 0);
    }

    private void resize(int length) {
        ResidentTrace[] before = traces;
        int[] hashesBefore = hashes;
        traces = new ResidentTrace[length];
        hashes = new int[length];
        for (int i = 0; i < before.length; i++) {
            if (before[i] != null) {
                put(before[i], hashesBefore[i]);
            }
        }
    }

    /** Ids need not be random: what the bits of one are must show in all bits of its hash. */
    private static int hash(long high, long low) {
        long mixed = (high * 0x9e3779b97f4a7c15L ^ low) * 0xbf58476d1ce4e5b9L;
        mixed ^= mixed >>> 32;
        mixed *= 0x94d049bb133111ebL;
        return (int) (mixed ^ mixed >>> 29);
    }
}
