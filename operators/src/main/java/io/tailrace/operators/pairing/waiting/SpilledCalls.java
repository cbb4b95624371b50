package io.tailrace.operators.pairing.waiting;

import io.tailrace.operators.state.IdFilter;

import java.util.HashSet;
import java.util.Set;

/** The calls of a slice whose sides only state may have, by hash. */
final class SpilledCalls {

    private static final long SALT = 6;
    private static final long LEAST = 1 << 10;

    private final IdFilter spilled;

    /** Those of them whose sides came back. */
    private final Set<Long> taken = new HashSet<>();

    /**
     * @param expected about how many there will be
     */
    SpilledCalls(long expected) {
        spilled = new IdFilter(SALT, Math.max(LEAST, expected));
    }

    /** Says that state alone has the sides of a call. */
    void add(long callHash) {
        spilled.add(callHash);
        taken.remove(callHash);
    }

    /** Says that what state alone had of a call is in memory again. */
    void setTaken(long callHash) {
        taken.add(callHash);
    }

    /** Whether state alone may have sides of a call. */
    boolean mayContain(long callHash) {
        return spilled.mayContain(callHash) && !taken.contains(callHash);
    }
}
