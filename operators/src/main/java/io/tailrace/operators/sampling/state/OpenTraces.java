package io.tailrace.operators.sampling.state;

import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.runtime.state.KeyedStateBackend;

import io.tailrace.operators.sampling.TraceChunk;
import io.tailrace.operators.span.TraceId;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * The open traces of a subtask: in {@linkplain TraceMemory memory}, as many as a budget of bytes
 * has room for, and behind it in {@linkplain TraceSlices slices} of keyed state.
 *
 * <p>Where room is needed, the oldest traces are frozen. Where that is not enough, the oldest are
 * written to state and leave memory; they come back when another chunk comes, or all that are due
 * in a slice of time together, when it is their turn. Before a snapshot all that state does not
 * have is frozen and written, once for each chunk; what was decided before has cost state nothing.
 */
public final class OpenTraces {

    /** So many that will not be open are met before writing ahead gives up. */
    private static final int MOST_OTHERS = 256;

    /** The memory of so many that are about to be closed is waited for at a time. */
    private static final int AHEAD = 32;

    private final KeyedStateStore store;
    private final KeyedStateBackend<TraceId> backend;
    private final long budget;
    private final ResidencyCounts counts;
    private final TraceMemory memory = new TraceMemory();
    private final TraceSlices slices;

    private final ResidentTrace[] closing = new ResidentTrace[AHEAD];

    /** How many more will be closed of those that were read ahead. */
    private int ahead;

    /** Comes of what is read ahead, and is of no use but to have it read. */
    @SuppressWarnings("UnusedVariable")
    private long touched;

    /** What is due up to then stays in memory, or would come back at once. */
    private long reached = Long.MIN_VALUE;

    /**
     * @param wait how long traces are open at most
     * @param budget how many bytes resident traces may take; what is due in one slice of time may
     *     be more, and comes into memory all the same
     */
    public OpenTraces(
            KeyedStateStore store,
            KeyedStateBackend<TraceId> backend,
            TaskInfo task,
            Duration wait,
            long budget,
            ResidencyCounts counts) {
        this.store = store;
        this.backend = backend;
        this.budget = budget;
        this.counts = counts;
        slices = new TraceSlices(backend, task, wait);
    }

    /** Null where no trace of this id is open. */
    public ResidentTrace get(TraceId id) throws Exception {
        ResidentTrace trace = memory.get(id);
        return trace != null || slices.spilled() == 0 ? trace : load(id);
    }

    private ResidentTrace load(TraceId id) throws Exception {
        TraceSlices.Stored stored = slices.take(id);
        if (stored == null) {
            return null;
        }
        ResidentTrace trace = enter(id, stored);
        counts.loaded().inc();
        makeRoom(trace);
        return trace;
    }

    private ResidentTrace enter(TraceId id, TraceSlices.Stored stored) {
        byte[] bytes = stored.parts().bytes();
        ResidentTrace trace = memory.enter(id, bytes, FrozenTraces.open(bytes).deadline());
        trace.stored = stored.slice();
        trace.storedChunks = stored.parts().chunkBytes();
        return trace;
    }

    /** Opens a trace; it must get a chunk before anything else happens. */
    public ResidentTrace open(TraceId id, boolean reopened) {
        ResidentTrace trace = new ResidentTrace(id);
        trace.now = OpenTrace.empty(reopened);
        return trace;
    }

    /** What is known of a trace. */
    public OpenTrace known(ResidentTrace trace) {
        return memory.known(trace);
    }

    /** Adds a chunk to a trace, of which what is known says so already. */
    public void add(ResidentTrace trace, TraceChunk chunk) throws Exception {
        memory.add(trace, chunk);
        makeRoom(trace);
    }

    /** Lets go of what was looked at of a trace, where nothing of it has changed. */
    public void unchanged(ResidentTrace trace) {
        memory.unchanged(trace);
    }

    /** Tells that what is known of a trace has changed. */
    public void changed(ResidentTrace trace) {
        memory.changed(trace);
    }

    /** Looks for the spans of a chunk in a trace; it is then added unless nothing is left of it. */
    public SpanArrivals arrivals(ResidentTrace trace, TraceChunk chunk) {
        return chunk.spanIds().length == 0 ? SpanArrivals.off() : memory.arrivals(trace, chunk);
    }

    /** The chunks of a trace in the order they were added. */
    public List<TraceChunk> chunks(ResidentTrace trace) {
        return memory.chunks(trace);
    }

    /** Forgets a trace and its chunks. */
    public void remove(ResidentTrace trace) throws Exception {
        memory.forgetStored(trace, slices);
        memory.leave(trace);
    }

    /** A trace of the least deadline, where that is a time or before it; else null. */
    public ResidentTrace next(long time) throws Exception {
        reached = Math.max(reached, slices.endOfNext(time));
        DeadlineQueue deadlines = memory.deadlines();
        while (slices.spilled() > 0 && slices.leastDue() <= Math.min(deadlines.next(), time)) {
            reached = Math.max(reached, slices.takeFirst(this::enterAgain));
        }
        if (deadlines.next() > time) {
            ahead = 0;
            return null;
        }
        if (ahead == 0) {
            ahead = deadlines.firsts(time, closing);
            touched = memory.touch(closing, ahead);
        }
        ahead--;
        return deadlines.first();
    }

    private void enterAgain(TraceId id, TraceSlices.Stored stored) {
        if (memory.get(id) == null) {
            memory.staying.add(enter(id, stored));
            counts.loaded().inc();
        }
    }

    /** Forgets what state has of the time up to a watermark; nothing due by then may be open. */
    public void dropUntil(long watermark) throws Exception {
        slices.dropUntil(watermark);
    }

    /** Writes all that state does not have. Changes the current key. */
    public void beforeSnapshot() throws Exception {
        for (ResidentTrace next = memory.thawed.first(); next != null; ) {
            memory.freeze(next);
            next = memory.thawed.first();
        }
        for (ResidentTrace next = memory.frozen.first(); next != null; ) {
            write(next);
            next = memory.frozen.first();
        }
        slices.write();
    }

    /**
     * Writes those that are likely to be open still at a time, so that less is left for the
     * snapshot then: of those that are not frozen a part, the oldest, and all that are. Those
     * frozen last are open longest. Changes the current key.
     *
     * @param share how large that part is, from 0 to 1
     */
    public void writeAhead(long time, double share) throws Exception {
        int part = (int) (memory.thawed.size() * share);
        for (ResidentTrace trace = memory.thawed.first(); part > 0; part--) {
            ResidentTrace next = trace.next;
            if (trace.due > time) {
                memory.freeze(trace);
            }
            trace = next;
        }
        int others = 0;
        for (ResidentTrace trace = memory.frozen.last(); trace != null && others < MOST_OTHERS; ) {
            ResidentTrace before = trace.previous;
            if (trace.due > time) {
                write(trace);
            } else {
                others++;
            }
            trace = before;
        }
    }

    private void write(ResidentTrace trace) throws Exception {
        memory.write(trace, slices);
        counts.written().inc();
    }

    /**
     * Takes up what state holds: into memory as much as there is room for.
     *
     * @param each sees every open trace
     */
    public void restore(Consumer<OpenTrace> each) throws Exception {
        // What is in slices goes first: taking up what is not may write some.
        slices.restore(
                (id, stored) -> {
                    byte[] bytes = stored.parts().bytes();
                    OpenTrace open = FrozenTraces.open(bytes);
                    if (bytes() + bytes.length + TraceMemory.FROZEN_OBJECTS < budget) {
                        enter(id, stored);
                    } else {
                        slices.spill(stored.slice(), id, open.deadline());
                    }
                    each.accept(open);
                });
        FormerTraces former = new FormerTraces(store, backend);
        former.takeAll(
                (trace, chunks) -> {
                    each.accept(trace.now);
                    memory.enter(trace);
                    for (TraceChunk chunk : chunks) {
                        known(trace);
                        add(trace, chunk);
                    }
                });
    }

    private void makeRoom(ResidentTrace exempt) throws Exception {
        // Freezing is cheap, and more so the longer it is put off: state is the last resort.
        // Not all of the budget, for before a snapshot all of it must be frozen at once.
        while (memory.thawed.first() != null
                && (memory.thawedBytes() > budget / 4 * 3
                        || memory.thawedBytes() > budget / 8 && bytes() > budget)) {
            memory.freeze(memory.thawed.first());
        }
        memory.tidy();
        while (bytes() > budget && (spillOldest(exempt) || freezeOldest(exempt))) {
            // Until there is room, or nothing else to be moved out.
        }
    }

    private static ResidentTrace oldest(ResidentList list, ResidentTrace exempt) {
        ResidentTrace first = list.first();
        return first == null || first != exempt ? first : first.next;
    }

    private boolean freezeOldest(ResidentTrace exempt) {
        // What could not be spilled then would only be frozen with each of its chunks.
        ResidentTrace oldest = oldest(memory.thawed, exempt);
        boolean useful = oldest != null && oldest.due > reached;
        if (useful) {
            memory.freeze(oldest);
        }
        return useful;
    }

    private boolean spillOldest(ResidentTrace exempt) throws Exception {
        while (true) {
            ResidentTrace oldest = oldest(memory.written, exempt);
            if (oldest == null) {
                oldest = oldest(memory.frozen, exempt);
            }
            if (oldest == null) {
                return false;
            }
            if (oldest.due > reached) {
                spill(oldest);
                return true;
            }
            if (oldest.list == memory.frozen) {
                write(oldest);
            }
            memory.staying.add(oldest);
        }
    }

    private void spill(ResidentTrace trace) throws Exception {
        if (trace.list == memory.frozen) {
            write(trace);
        }
        slices.spill(trace.stored, trace.id(), trace.due);
        memory.leave(trace);
        counts.spilled().inc();
    }

    /** About how many bytes the resident traces take. */
    public long bytes() {
        return memory.bytes() + slices.bytes();
    }

    /** How many traces are in memory. */
    public int resident() {
        return memory.size();
    }
}
