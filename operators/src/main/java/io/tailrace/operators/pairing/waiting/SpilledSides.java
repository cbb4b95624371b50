package io.tailrace.operators.pairing.waiting;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

import java.util.ArrayList;
import java.util.List;

/**
 * Keeps what is in memory within a budget: where room is needed the oldest slices are in state
 * alone, and come back when they are asked for.
 */
final class SpilledSides {

    /** Less than this part of the budget is not worth being written to make room. */
    private static final int LEAST_PART = 4;

    private final long budget;
    private final SideSlices slices;
    private final SideMemory memory;
    private final ResidentSides resident;
    private final SideWriter writer;
    private final SideLoader loader;
    private final Counter toState;
    private final Counter toMemory;
    private final List<SideSlice> spilled = new ArrayList<>();
    private final Side view = new Side();

    /** How many bytes there may be beyond the budget, as nothing is won by writing some. */
    private long tolerated;

    SpilledSides(
            long budget,
            SideSlices slices,
            SideMemory memory,
            ResidentSides resident,
            SideWriter writer,
            SideLoader loader,
            MetricGroup group) {
        this.budget = budget;
        this.slices = slices;
        this.memory = memory;
        this.resident = resident;
        this.writer = writer;
        this.loader = loader;
        this.toState = group.counter("sides_spilled");
        this.toMemory = group.counter("sides_loaded");
    }

    /** Brings back what state alone has of a side's call. */
    void takeBack(Side side, long callHash) throws Exception {
        if (!spilled.isEmpty()) {
            takeBackAll(side, callHash);
        }
    }

    private void takeBackAll(Side side, long callHash) throws Exception {
        for (SideSlice slice : spilled) {
            if (slice.spilledCalls().mayContain(callHash)) {
                int before = resident.size();
                loader.take(slice, side);
                slice.spilledCalls().setTaken(callHash);
                toMemory.inc(resident.size() - before);
            }
        }
    }

    /** Brings back all that state alone has of a slice. */
    void takeBack(SideSlice slice) throws Exception {
        if (slice.isSpilled()) {
            int before = resident.size();
            loader.load(slice);
            slice.setLoaded();
            spilled.remove(slice);
            toMemory.inc(resident.size() - before);
        }
    }

    /** Says that time has gone on, so that other slices may be worth being written. */
    void advance() {
        tolerated = 0;
    }

    boolean isAboveBudget() {
        return resident.bytes() > budget;
    }

    /** Has the oldest slices in state alone until there is room. */
    void makeRoom() throws Exception {
        if (resident.bytes() > Math.max(budget, tolerated)) {
            spillOldest();
        }
    }

    private void spillOldest() throws Exception {
        long most = 0;
        int movable = 0;
        for (SideSlice slice : slices.all()) {
            if (!slice.isOpen()) {
                most += slice.bytes();
                movable++;
            }
        }
        // A few bytes would be back at once, and each time cost a look through state.
        if (most < budget / LEAST_PART) {
            tolerated = resident.bytes() + budget / LEAST_PART;
            return;
        }
        for (SideSlice slice : slices.all()) {
            if (!slice.isOpen() && slice.bytes() > most / movable / 2) {
                spill(slice);
                if (!isAboveBudget()) {
                    return;
                }
            }
        }
    }

    /** Has a slice in state alone. */
    void spill(SideSlice slice) throws Exception {
        writer.write(slice);
        boolean first = !slice.isSpilled();
        int expected = resident.size() / Math.max(1, slices.size());
        resident.forEach(
                slice,
                address -> {
                    memory.view(address, view);
                    long traceHash = resident.traceHash(view);
                    long callHash = ResidentSides.callHash(traceHash, view);
                    slice.spill(callHash, expected);
                    resident.remove(address, traceHash, callHash, view);
                    toState.inc();
                });
        memory.free(slice);
        if (first && slice.isSpilled()) {
            spilled.add(slice);
        }
    }
}
