package io.tailrace.operators.pairing.waiting;

import io.tailrace.operators.span.wire.Hashes;

import java.util.Arrays;

/** Which sides in memory have payloads that others may share: the last one of each hash. */
final class PayloadOwners {

    private static final int REMEMBERED = 1 << 13;

    private final int[] addresses = new int[REMEMBERED];

    /** Where the owner of a side's payload would be. */
    static int place(Side side) {
        return (int) Hashes.of(side.bytes(), side.payloadFrom(), side.payloadTo()) & REMEMBERED - 1;
    }

    /** The address of a side, which may have another payload; none where there is none. */
    int at(int place) {
        return addresses[place];
    }

    void set(int place, int address) {
        addresses[place] = address;
    }

    void clear() {
        Arrays.fill(addresses, SideMemory.NONE);
    }
}
