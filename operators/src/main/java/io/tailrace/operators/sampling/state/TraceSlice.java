package io.tailrace.operators.sampling.state;

import io.tailrace.operators.state.IdFilter;

import java.util.BitSet;
import java.util.function.LongSupplier;

/** What is in memory of the open traces that state has and that are due in one slice of time. */
final class TraceSlice {

    private static final long SALT = 4;
    private static final long LEAST = 1 << 10;

    private final long end;
    private final TraceBlock[] pending;
    private final BitSet written = new BitSet();
    private final int[] spilled;
    private IdFilter spilledIds;
    private int allSpilled;
    private long leastDue = Long.MAX_VALUE;
    private long pendingBytes;
    private boolean over;

    /**
     * @param groups how many key groups there are
     */
    TraceSlice(long end, int groups) {
        this.end = end;
        this.pending = new TraceBlock[groups];
        this.spilled = new int[groups];
    }

    /** The latest deadline in it. */
    long end() {
        return end;
    }

    /** Whether nothing of it is in state any more. */
    boolean isOver() {
        return over;
    }

    void setOver() {
        over = true;
    }

    /** What a key group has that is not in state; null where there is nothing. */
    TraceBlock pending(int group) {
        return pending[group];
    }

    /** The same, an empty one to be filled where there is nothing. */
    TraceBlock toFill(int group) {
        if (pending[group] == null) {
            pending[group] = new TraceBlock();
        }
        return pending[group];
    }

    /** Says by how much what is not in state has grown. */
    void grown(int bytes) {
        pendingBytes += bytes;
    }

    long pendingBytes() {
        return pendingBytes;
    }

    /** Whether a key group has a list in state. */
    boolean isWritten(int group) {
        return written.get(group);
    }

    /** Says that all that a key group has is in state now. */
    void setWritten(int group) {
        if (pending[group] != null) {
            pendingBytes -= pending[group].length();
            pending[group] = null;
        }
        written.set(group);
    }

    /**
     * Says that a trace is no longer in memory.
     *
     * @param expected about how many more there will be
     */
    void spill(int group, long hash, long due, LongSupplier expected) {
        if (spilledIds == null) {
            spilledIds = new IdFilter(SALT, Math.max(LEAST, expected.getAsLong()));
        }
        spilledIds.add(hash);
        spilled[group]++;
        allSpilled++;
        leastDue = Math.min(leastDue, due);
    }

    /** Says that so many traces of a key group came back into memory. */
    void loaded(int group, int traces) {
        spilled[group] -= traces;
        allSpilled -= traces;
        if (allSpilled == 0) {
            leastDue = Long.MAX_VALUE;
        }
    }

    /** No trace that is not in memory is due before; the greatest number where there is none. */
    long leastDue() {
        return leastDue;
    }

    int spilled(int group) {
        return spilled[group];
    }

    /** Whether a trace with such a hash may be one that is not in memory. */
    boolean mayHaveSpilled(int group, long hash) {
        return spilled[group] > 0 && spilledIds.mayContain(hash);
    }

    /** How often a trace left memory. */
    long spilledEver() {
        return spilledIds == null ? 0 : spilledIds.ids();
    }
}
