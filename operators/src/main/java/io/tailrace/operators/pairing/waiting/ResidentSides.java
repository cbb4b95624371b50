package io.tailrace.operators.pairing.waiting;

import io.tailrace.operators.span.wire.Hashes;

import java.util.SplittableRandom;

/**
 * Sides in memory: found by their calls, counted by their traces. Of a call the caller is the
 * first, the others are linked behind it.
 *
 * <p>A place is that of a call as {@link #find} gave it, good until the next one is added or
 * removed.
 */
final class ResidentSides {

    private static final int NONE = SideMemory.NONE;

    /** Another one in each instance, so that nobody can choose ids that all fall into one place. */
    private final long seed = new SplittableRandom().nextLong();

    private final WaitTime time;
    private final SideMemory memory;
    private final CallTable calls;
    private final TraceCounts traces = new TraceCounts();
    private int size;

    ResidentSides(WaitTime time, SideMemory memory) {
        this.time = time;
        this.memory = memory;
        this.calls = new CallTable(memory);
    }

    long traceHash(Side side) {
        return Hashes.mix(Hashes.mix(seed ^ side.traceIdHigh()) ^ side.traceIdLow());
    }

    static long callHash(long traceHash, Side side) {
        return Hashes.mix(traceHash ^ side.callId());
    }

    /** Reads what is needed next of sides with these hashes, as {@link CallTable#touch} does. */
    long touch(long[] traceHashes, long[] callHashes, int count) {
        return calls.touch(callHashes, count) ^ traces.touch(traceHashes, count);
    }

    /** The place of a side's call; below 0 where the call has no sides. */
    int find(long callHash, Side side) {
        return calls.find((int) callHash, side.traceIdHigh(), side.traceIdLow(), side.callId());
    }

    /** The first side of a place; none where it is a call's that has none. */
    int first(int place) {
        return place < 0 ? NONE : calls.first(place);
    }

    boolean isCaller(int address) {
        return address != NONE && memory.kind(address) == Side.CALLER;
    }

    /** Whether a span is among the callees from one on. */
    boolean isAmong(int firstCallee, long spanId) {
        int callee = firstCallee;
        while (callee != NONE && memory.spanId(callee) != spanId) {
            callee = memory.next(callee);
        }
        return callee != NONE;
    }

    /** Whether a side is among those of a place. */
    boolean isThere(Side side, int place) {
        int first = first(place);
        boolean called = isCaller(first);
        return side.calls() ? called : isAmong(called ? memory.next(first) : first, side.spanId());
    }

    /** How many sides a trace has. */
    long ofTrace(long traceHash) {
        return traces.of(traceHash);
    }

    /**
     * Adds a side; gives its address.
     *
     * @param slice that it is due in
     * @param place of its call
     */
    int insert(SideSlice slice, Side side, int place, long traceHash, long callHash) {
        int address = memory.add(slice, side);
        if (place < 0) {
            calls.add(~place, (int) callHash, address);
        } else if (isCaller(calls.first(place))) {
            memory.next(address, memory.next(calls.first(place)));
            memory.next(calls.first(place), address);
        } else {
            memory.next(address, calls.first(place));
            calls.first(place, address);
        }
        traces.add(traceHash, 1);
        size++;
        if (slice.isOpen()) {
            slice.due().add(memory, deadline(address), address);
        }
        return address;
    }

    /**
     * Takes a side out of its call.
     *
     * @param side any of its call
     */
    void remove(int address, long traceHash, long callHash, Side side) {
        int place = find(callHash, side);
        int first = calls.first(place);
        int next = memory.next(address);
        if (first != address) {
            int before = first;
            while (memory.next(before) != address) {
                before = memory.next(before);
            }
            memory.next(before, next);
        } else if (next == NONE) {
            calls.remove(place);
        } else {
            calls.first(place, next);
        }
        memory.setGone(address);
        traces.add(traceHash, -1);
        size--;
    }

    long deadline(int address) {
        return time.deadline(memory.arrival(address));
    }

    /** Shows the sides of a slice that wait, in the order they came. */
    void forEach(SideSlice slice, SideMemory.Reader reader) throws Exception {
        memory.forEach(
                slice,
                address -> {
                    if (isWaiting(address)) {
                        reader.entry(address);
                    }
                });
    }

    /** Whether there is a side, not a note, and one that waits. */
    private boolean isWaiting(int address) {
        int kind = memory.kind(address);
        return (kind == Side.CALLER || kind == Side.CALLEE) && !memory.isGone(address);
    }

    int size() {
        return size;
    }

    /** About how many bytes of memory they take. */
    long bytes() {
        return memory.bytes() + calls.bytes() + traces.bytes();
    }
}
