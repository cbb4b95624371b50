package io.tailrace.operators.pairing.waiting;

import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.KeyedStateBackend;

import io.tailrace.operators.span.TraceId;

import java.time.Duration;
import java.util.List;

/**
 * Sides that wait for their other sides. Two belong together where they are of one call, a caller
 * and a callee, and arrive at most the wait apart, whichever comes first. A callee waits until it
 * finds its caller; a caller waits on for others, so that which of them is first does not matter. A
 * side whose wait is over, that is event time has passed its arrival by that, is told by itself if
 * it was never paired.
 *
 * <p>What they mean is for a {@link PairListener} to know: of a side only its trace, call, span,
 * kind and arrival are looked at, the rest is handed on. A span that is a caller and a callee is
 * added twice, once as each.
 *
 * <p>Sides are in {@linkplain SideMemory memory}, as many as a budget of bytes has room for. Before
 * a snapshot what came since the last one, and still waits, goes to a {@linkplain SideLog log} in
 * keyed state; what was paired between two snapshots costs state nothing. Where room is needed, the
 * oldest slices of time are in the log alone: one of their sides comes back when another of its
 * call comes, all of them when they are due. There are no timers.
 *
 * <p>Every method but those that tell sizes may change the current key.
 */
public final class WaitingSides {

    private final WaitTime time;
    private final SideSlices slices;
    private final SideMemory memory;
    private final ResidentSides resident;
    private final SideLog log;
    private final SideWriter writer;
    private final SideLoader loader;
    private final SpilledSides spilled;
    private final SidePairing pairing;
    private final DueSides due;
    private final ReadAhead ahead;
    private final Side added = new Side();

    /**
     * @param wait how far apart two sides may arrive
     * @param maxSides how many may wait in one trace, 1 or more; those in state alone do not count
     * @param budget how many bytes may be in memory; what is due in one slice of time may be more
     * @param repeated whether many payloads are the same, which then take memory once for all sides
     *     of a slice of time
     * @param group of the operator's own metrics
     */
    public WaitingSides(
            KeyedStateBackend<TraceId> backend,
            TaskInfo task,
            Duration wait,
            int maxSides,
            long budget,
            boolean repeated,
            PairListener listener,
            MetricGroup group) {
        time = new WaitTime(wait);
        slices = new SideSlices(time);
        memory = new SideMemory(repeated);
        resident = new ResidentSides(time, memory);
        log = new SideLog(backend, task, memory);
        writer = new SideWriter(time, slices, log);
        loader = new SideLoader(time, slices, memory, resident, log, writer);
        spilled = new SpilledSides(budget, slices, memory, resident, writer, loader, group);
        pairing = new SidePairing(time, slices, memory, resident, maxSides, listener);
        due = new DueSides(time, memory, resident, listener);
        ahead = new ReadAhead(resident, memory);
        group.gauge("sides_waiting", this::size);
        group.gauge("waiting_bytes", this::bytes);
    }

    /** Adds the sides of a block; what they make is told at once. */
    public void add(SideBlock block) throws Exception {
        for (int at = 0; at < block.length(); ) {
            int count = 0;
            for (int next = at; next < block.length() && count < ReadAhead.SIDES; count++) {
                next = added.read(block.array(), next);
                ahead.set(count, added);
            }
            ahead.touch(count);
            for (int i = 0; i < count; i++) {
                at = added.read(block.array(), at);
                add(added, ahead.traceHash(i), ahead.callHash(i));
            }
        }
    }

    /** Adds a side; what it makes is told at once. */
    public void add(Side side) throws Exception {
        long traceHash = resident.traceHash(side);
        add(side, traceHash, ResidentSides.callHash(traceHash, side));
    }

    private void add(Side side, long traceHash, long callHash) throws Exception {
        if (!log.isOfThis(side)) {
            throw new IllegalStateException(
                    "A side came to a subtask that has not its trace: it was sent by another maximum"
                            + " parallelism");
        }
        spilled.takeBack(side, callHash);
        pairing.add(side, traceHash, callHash);
        spilled.makeRoom();
    }

    /** Tells those by themselves whose wait is over at a watermark. */
    public void advance(long now) throws Exception {
        time.advance(now);
        spilled.advance();
        for (SideSlice slice = slices.first();
                slice != null && time.hasBegun(slice);
                slice = slices.after(slice)) {
            if (!slice.isOpen()) {
                spilled.takeBack(slice);
                slice.open(DueOrder.of(slice, time, resident));
            }
            due.tell(slice);
            if (slice.end() <= now) {
                log.drop(slice);
                memory.free(slice);
                slices.remove(slice);
            }
        }
    }

    /** Writes what is in memory only. Must be called before each snapshot of state. */
    public void beforeSnapshot() throws Exception {
        writer.writeAll();
    }

    /**
     * Writes a slice that gets no more sides and is likely to be there at a time, so that less is
     * left for the snapshot then: the first of which most is not written. To be called with each
     * watermark for a while.
     */
    public void writeAhead(long then) throws Exception {
        writer.writeAhead(then);
    }

    /** Takes up what state has; must be called before anything else. */
    public void restore() throws Exception {
        log.forEachList((end, group) -> slices.endingAt(end).lists().set(group));
        // The latest first: should there not be room for all, these are asked for most.
        List<SideSlice> restored = slices.latestFirst();
        for (SideSlice slice : restored) {
            loader.load(slice);
            if (spilled.isAboveBudget()) {
                spilled.spill(slice);
            }
        }
        for (SideSlice slice : restored) {
            loader.move(slice);
        }
    }

    /** How many are in memory. */
    public int size() {
        return resident.size();
    }

    /** About how many bytes of memory they take. */
    public long bytes() {
        return resident.bytes();
    }
}
