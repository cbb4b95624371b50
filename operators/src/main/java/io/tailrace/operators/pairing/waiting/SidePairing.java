package io.tailrace.operators.pairing.waiting;

/**
 * What a side makes with those that are there, and whether it waits itself: a caller pairs with all
 * of its callees that are near, which then wait no longer; a callee pairs with its caller, which
 * waits on.
 */
final class SidePairing {

    /** Of a caller that was paired with more, duplicates of the rest are not known. */
    private static final int MOST_PAIRED = 1000;

    private static final int NONE = SideMemory.NONE;

    private final WaitTime time;
    private final SideSlices slices;
    private final SideMemory memory;
    private final ResidentSides resident;
    private final int maxSides;
    private final PairListener listener;
    private final Side other = new Side();

    SidePairing(
            WaitTime time,
            SideSlices slices,
            SideMemory memory,
            ResidentSides resident,
            int maxSides,
            PairListener listener) {
        this.time = time;
        this.slices = slices;
        this.memory = memory;
        this.resident = resident;
        this.maxSides = maxSides;
        this.listener = listener;
    }

    /** Adds a side; what it makes is told at once. */
    void add(Side side, long traceHash, long callHash) {
        int place = resident.find(callHash, side);
        if (side.calls()) {
            addCaller(side, place, traceHash, callHash);
        } else {
            addCallee(side, place, traceHash, callHash);
        }
    }

    private void addCaller(Side side, int place, long traceHash, long callHash) {
        int first = resident.first(place);
        if (resident.isCaller(first)) {
            listener.duplicate(side);
            return;
        }
        int caller = NONE;
        for (int callee = first; callee != NONE; ) {
            int next = memory.next(callee);
            if (isNear(side, callee)) {
                memory.view(callee, other);
                listener.paired(side, other);
                if (caller == NONE) {
                    caller = insert(side, place, traceHash, callHash);
                }
                memory.notes().addPaired(caller, memory.spanId(callee));
                if (memory.isWritten(callee)) {
                    memory.notes().addEnded(callee);
                }
                resident.remove(callee, traceHash, callHash, side);
            }
            callee = next;
        }
        if (caller == NONE && mayWait(side, traceHash)) {
            insert(side, place, traceHash, callHash);
        }
    }

    private void addCallee(Side side, int place, long traceHash, long callHash) {
        int first = resident.first(place);
        boolean called = resident.isCaller(first);
        if (called && memory.notes().isPaired(first, side.spanId())
                || resident.isAmong(called ? memory.next(first) : first, side.spanId())) {
            listener.duplicate(side);
        } else if (called && isNear(side, first)) {
            memory.view(first, other);
            listener.paired(other, side);
            if (memory.notes().paired(first) < MOST_PAIRED) {
                memory.notes().addPaired(first, side.spanId());
            }
        } else if (mayWait(side, traceHash)) {
            insert(side, place, traceHash, callHash);
        }
    }

    private boolean isNear(Side side, int address) {
        return time.isNear(side.arrival(), memory.arrival(address));
    }

    private boolean mayWait(Side side, long traceHash) {
        if (resident.ofTrace(traceHash) < maxSides) {
            return true;
        }
        listener.aboveLimit(side);
        listener.alone(side);
        return false;
    }

    private int insert(Side side, int place, long traceHash, long callHash) {
        return resident.insert(slices.of(side.arrival()), side, place, traceHash, callHash);
    }
}
