package io.tailrace.operators.sampling.state;

import io.tailrace.operators.state.IdFilter;

import java.util.BitSet;

/** What is in memory of the decisions that expire in one slice of time. */
final class DecisionSlice {

    private static final long SALT = 1;
    private static final long LEAST = 1 << 12;

    /** The ids of its traces. */
    final IdFilter ids;

    private final long end;
    private final DecisionBlock[] pending;
    private final BitSet written = new BitSet();

    /**
     * @param groups how many key groups there are
     * @param expected about how many traces it will have
     */
    DecisionSlice(long end, int groups, long expected) {
        this.end = end;
        this.pending = new DecisionBlock[groups];
        this.ids = new IdFilter(SALT, Math.max(LEAST, expected));
    }

    long end() {
        return end;
    }

    /** Whether a key group has decisions in it. */
    boolean holds(int group) {
        return pending[group] != null || written.get(group);
    }

    /** Whether a key group may have one of the trace with such a hash. */
    boolean mayHold(int group, long hash) {
        return holds(group) && ids.mayContain(hash);
    }

    /** What a key group has that is not in state; null where there is nothing. */
    DecisionBlock pending(int group) {
        return pending[group];
    }

    /** The same, an empty one to be filled where there is nothing. */
    DecisionBlock toFill(int group) {
        if (pending[group] == null) {
            pending[group] = new DecisionBlock();
        }
        return pending[group];
    }

    /** Whether a key group has a list in state. */
    boolean isWritten(int group) {
        return written.get(group);
    }

    /** Says that all that a key group has is in state now. */
    void setWritten(int group) {
        pending[group] = null;
        written.set(group);
    }

    /** Says that a key group has nothing any more. */
    void clear(int group) {
        pending[group] = null;
        written.clear(group);
    }
}
