package io.tailrace.operators.sampling.state;

import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;

import io.tailrace.operators.sampling.TraceChunk;
import io.tailrace.operators.span.TraceId;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.function.Consumer;

/**
 * The open traces of a subtask: in memory, as many as a budget of bytes has room for, and behind it
 * in keyed state.
 *
 * <p>A trace comes into memory with its chunks as they are, in a {@linkplain ChunkLog log}. Where
 * room is needed, the oldest ones are frozen: what is known of a trace and its chunks become one
 * compressed array. Where that is not enough, the oldest are written to state and leave memory;
 * each then has a timer, and comes back when that fires or another chunk comes. Before a snapshot
 * all that state does not have is frozen and written, once for each trace; what was decided before
 * has cost state nothing.
 *
 * <p>A trace in memory needs no timer in state: its deadline is within what is written, and whoever
 * restores the state takes it from there.
 */
public final class OpenTraces {

    private static final ValueStateDescriptor<StoredTrace> STORED =
            new ValueStateDescriptor<>("open-trace", StoredTrace.TYPE);

    /** About what the objects of a trace take, beside the bytes that are counted. */
    private static final int FROZEN_OBJECTS = 130;

    private static final int THAWED_OBJECTS = 300;
    private static final int ARRIVAL_OBJECTS = 100;

    /** So many that will not be open are met before writing ahead gives up. */
    private static final int MOST_OTHERS = 256;

    private final KeyedStateBackend<TraceId> backend;
    private final ValueState<StoredTrace> state;
    private final KeyedStateStore store;
    private final long budget;
    private final TraceTimers timers;
    private final ResidencyCounts counts;

    private final ResidentTable resident = new ResidentTable();
    private final DeadlineQueue deadlines = new DeadlineQueue();
    private final ChunkLog log = new ChunkLog();
    private final ChunkLog frozenLog = new ChunkLog();
    private final FrozenTraces frozenTraces = new FrozenTraces(frozenLog);
    private DataOutputSerializer record = new DataOutputSerializer(4 << 10);

    /** Those that are not frozen as they are now. */
    private final ResidentList thawed = new ResidentList();

    /** Those that are frozen, and that state does not have as they are now. */
    private final ResidentList frozen = new ResidentList();

    /** Those that state has as they are now. */
    private final ResidentList written = new ResidentList();

    private long arrivals;

    /** Null until a trace is met whose chunks are there. */
    private FormerChunks former;

    private long spilled;

    /**
     * @param budget how many bytes resident traces may take
     */
    public OpenTraces(
            KeyedStateStore store,
            KeyedStateBackend<TraceId> backend,
            long budget,
            TraceTimers timers,
            ResidencyCounts counts) {
        this.backend = backend;
        this.budget = budget;
        this.timers = timers;
        this.counts = counts;
        state = store.getState(STORED);
        this.store = store;
    }

    /** Null where no trace of this id is open. */
    public ResidentTrace get(TraceId id) throws IOException {
        ResidentTrace trace = resident.get(id);
        return trace != null || spilled == 0 ? trace : load(id);
    }

    /** Opens a trace; it must get a chunk before anything else happens. */
    public ResidentTrace open(TraceId id, boolean reopened) {
        ResidentTrace trace = new ResidentTrace(id);
        trace.now = OpenTrace.empty(reopened);
        return trace;
    }

    /** What is known of a trace. */
    public OpenTrace known(ResidentTrace trace) {
        if (trace.now == null) {
            frozenTraces.thaw(trace);
        }
        return trace.now;
    }

    /** Adds a chunk to a trace, of which what is known says so already. */
    public void add(ResidentTrace trace, TraceChunk chunk) throws IOException {
        if (trace.list == null) {
            resident.add(trace);
        }
        record.clear();
        ChunkRecord.write(chunk, record);
        trace.lastRecord = log.append(trace.lastRecord, record.getSharedBuffer(), record.length());
        trace.records++;
        // One giant must not hold its size for ever.
        if (record.length() > ChunkBlocks.MOST_RAW) {
            record = new DataOutputSerializer(4 << 10);
        }
        countArrivals(trace, trace.arrivals == null ? 0 : trace.arrivals.size());
        changed(trace);
        makeRoom(trace);
    }

    /** Lets go of what was looked at of a trace, where nothing of it has changed. */
    public void unchanged(ResidentTrace trace) {
        if (trace.list != thawed) {
            trace.now = null;
            trace.arrivals = null;
        }
    }

    /** Tells that what is known of a trace has changed. */
    public void changed(ResidentTrace trace) {
        if (trace.list != thawed) {
            thawed.add(trace);
        }
        deadlines.set(trace, trace.now.deadline());
    }

    /** Looks for the spans of a chunk in a trace; it is then added unless nothing is left of it. */
    public SpanArrivals arrivals(ResidentTrace trace, TraceChunk chunk) {
        if (chunk.spanIds().length == 0) {
            return SpanArrivals.off();
        }
        known(trace);
        if (trace.arrivals == null) {
            trace.arrivals = new HashMap<>();
        }
        return new ResidentSpanArrivals(trace.arrivals, chunk.arrival());
    }

    /** The chunks of a trace in the order they were added. */
    public List<TraceChunk> chunks(ResidentTrace trace) throws IOException {
        List<TraceChunk> chunks = new ArrayList<>();
        if (trace.frozen != ChunkLog.NONE) {
            frozenTraces.addChunks(trace, chunks);
        }
        frozenTraces.addChunks(trace.id(), trace.lastRecord, log, chunks);
        return chunks;
    }

    /** Forgets a trace and its chunks. */
    public void remove(ResidentTrace trace) {
        if (trace.stored) {
            backend.setCurrentKey(trace.id());
            state.clear();
        }
        leave(trace);
    }

    /** The least deadline in memory; {@link Long#MAX_VALUE} where there is none. */
    public long nextDeadline() {
        return deadlines.next();
    }

    /** A resident trace of the least deadline; null where there is none. */
    public ResidentTrace next() {
        return deadlines.first();
    }

    /** Writes all that state does not have. */
    public void beforeSnapshot() throws IOException {
        for (ResidentTrace trace = thawed.first(); trace != null; trace = thawed.first()) {
            freeze(trace);
        }
        for (ResidentTrace trace = frozen.first(); trace != null; trace = frozen.first()) {
            write(trace);
        }
    }

    /**
     * Writes those that are frozen and likely to be open still at a time, so that less is left for
     * the snapshot then. Those frozen last are open longest.
     */
    public void writeAhead(long time) throws IOException {
        int others = 0;
        for (ResidentTrace trace = frozen.last(); trace != null && others < MOST_OTHERS; ) {
            ResidentTrace before = trace.previous;
            if (trace.due > time) {
                write(trace);
            } else {
                others++;
            }
            trace = before;
        }
    }

    /**
     * Takes up what state holds: into memory as much as there is room for.
     *
     * @param each sees every open trace
     */
    public void restore(Consumer<OpenTrace> each) throws Exception {
        backend.applyToAllKeys(
                VoidNamespace.INSTANCE,
                VoidNamespaceSerializer.INSTANCE,
                STORED,
                (id, one) -> {
                    byte[] bytes = one.value().bytes();
                    OpenTrace open = FrozenTraces.open(bytes);
                    if (FrozenTraces.hasChunksApart(bytes)) {
                        takeUp(id, open);
                    } else if (bytes() + bytes.length + FROZEN_OBJECTS < budget) {
                        enter(id, bytes, open.deadline());
                    } else {
                        spilled++;
                        timers.set(id, open.deadline());
                    }
                    each.accept(open);
                });
    }

    /** Takes up a trace that was written before version 3, under the current key. */
    private void takeUp(TraceId id, OpenTrace open) throws Exception {
        if (former == null) {
            former = new FormerChunks(store);
        }
        ResidentTrace trace = new ResidentTrace(id);
        trace.now = open;
        trace.stored = true;
        trace.arrivals = former.takeArrivals();
        List<TraceChunk> chunks = former.takeChunks();
        resident.add(trace);
        changed(trace);
        for (TraceChunk chunk : chunks) {
            known(trace);
            add(trace, chunk);
        }
    }

    private ResidentTrace load(TraceId id) throws IOException {
        backend.setCurrentKey(id);
        StoredTrace stored = state.value();
        if (stored == null) {
            return null;
        }
        spilled--;
        counts.loaded().inc();
        ResidentTrace trace =
                enter(id, stored.bytes(), FrozenTraces.open(stored.bytes()).deadline());
        timers.delete(id, trace.due);
        makeRoom(trace);
        return trace;
    }

    private ResidentTrace enter(TraceId id, byte[] bytes, long deadline) {
        ResidentTrace trace = new ResidentTrace(id);
        trace.frozen = frozenLog.append(ChunkLog.NONE, bytes, bytes.length);
        trace.stored = true;
        resident.add(trace);
        written.add(trace);
        deadlines.set(trace, deadline);
        return trace;
    }

    private void countArrivals(ResidentTrace trace, int now) {
        arrivals += now - trace.countedArrivals;
        trace.countedArrivals = now;
    }

    private void leave(ResidentTrace trace) {
        countArrivals(trace, 0);
        resident.remove(trace);
        trace.list.remove(trace);
        deadlines.remove(trace);
        log.free(trace.lastRecord);
        frozenLog.free(trace.frozen);
    }

    private void makeRoom(ResidentTrace exempt) throws IOException {
        // Freezing is cheap, and more so the longer it is put off: state is the last resort.
        // Not all of the budget, for before a snapshot all of it must be frozen at once.
        while (thawed.first() != null
                && (log.bytes() > budget / 4 * 3
                        || log.bytes() > budget / 8 && bytes() > budget
                        || log.isSparse())) {
            freeze(thawed.first());
        }
        if (frozenLog.isSparse()) {
            compact(thawed);
            compact(frozen);
            compact(written);
        }
        while (bytes() > budget && (spillOldest(exempt) || freezeOldest(exempt))) {
            // Until there is room, or nothing else to be moved out.
        }
    }

    /** Moves what few frozen traces hold on to large arrays, so that these are free. */
    private void compact(ResidentList list) {
        for (ResidentTrace trace = list.first(); trace != null; trace = trace.next) {
            if (trace.frozen != ChunkLog.NONE && frozenLog.isHolding(trace.frozen)) {
                byte[] bytes = frozenTraces.bytes(trace);
                frozenLog.free(trace.frozen);
                trace.frozen = frozenLog.append(ChunkLog.NONE, bytes, bytes.length);
            }
        }
    }

    private static ResidentTrace oldest(ResidentList list, ResidentTrace exempt) {
        ResidentTrace first = list.first();
        return first == null || first != exempt ? first : first.next;
    }

    private boolean freezeOldest(ResidentTrace exempt) {
        ResidentTrace oldest = oldest(thawed, exempt);
        if (oldest != null) {
            freeze(oldest);
        }
        return oldest != null;
    }

    private void freeze(ResidentTrace trace) {
        long before = trace.frozen;
        trace.frozen = frozenTraces.freeze(trace, log);
        frozenLog.free(before);
        log.free(trace.lastRecord);
        trace.lastRecord = ChunkLog.NONE;
        trace.records = 0;
        trace.now = null;
        trace.arrivals = null;
        countArrivals(trace, 0);
        frozen.add(trace);
    }

    private void write(ResidentTrace trace) throws IOException {
        backend.setCurrentKey(trace.id());
        state.update(new StoredTrace(frozenTraces.bytes(trace)));
        trace.stored = true;
        written.add(trace);
        counts.written().inc();
    }

    private boolean spillOldest(ResidentTrace exempt) throws IOException {
        ResidentTrace oldest = oldest(written, exempt);
        if (oldest == null) {
            oldest = oldest(frozen, exempt);
        }
        if (oldest == null) {
            return false;
        }
        if (oldest.list == frozen) {
            write(oldest);
        }
        timers.set(oldest.id(), oldest.due);
        leave(oldest);
        spilled++;
        counts.spilled().inc();
        return true;
    }

    /** About how many bytes the resident traces take. */
    public long bytes() {
        return log.bytes()
                + frozenLog.bytes()
                + (long) resident.size() * FROZEN_OBJECTS
                + (long) thawed.size() * THAWED_OBJECTS
                + arrivals * ARRIVAL_OBJECTS;
    }

    /** How many traces are in memory. */
    public int resident() {
        return resident.size();
    }
}
