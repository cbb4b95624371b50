package io.tailrace.operators.sampling.state;

import org.apache.flink.core.memory.DataOutputSerializer;

import io.tailrace.operators.sampling.TraceChunk;
import io.tailrace.operators.span.TraceId;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/**
 * The open traces in memory. One comes with its chunks as they are, in a {@linkplain ChunkLog log};
 * to take less room, it is frozen: what is known of it and its chunks become one compressed array.
 */
final class TraceMemory {

    /** About what the objects of a trace take, beside the bytes that are counted. */
    static final int FROZEN_OBJECTS = 130;

    private static final int THAWED_OBJECTS = 300;
    private static final int ARRIVAL_OBJECTS = 100;

    private final ResidentTable resident = new ResidentTable();
    private final DeadlineQueue deadlines = new DeadlineQueue();
    private final ChunkLog log = new ChunkLog();
    private final ChunkLog frozenLog = new ChunkLog();
    private final FrozenTraces frozenTraces = new FrozenTraces(frozenLog);
    private final DataOutputSerializer record = new DataOutputSerializer(1 << 10);
    private long arrivals;

    /** Those that are not frozen as they are now. */
    final ResidentList thawed = new ResidentList();

    /** Those that are frozen, and that state does not have as they are now. */
    final ResidentList frozen = new ResidentList();

    /** Those that state has as they are now. */
    final ResidentList written = new ResidentList();

    /** The same, of those that are due so soon that it is no use to spill them. */
    final ResidentList staying = new ResidentList();

    /** Null where there is none of this id. */
    ResidentTrace get(TraceId id) {
        return resident.get(id);
    }

    int size() {
        return resident.size();
    }

    DeadlineQueue deadlines() {
        return deadlines;
    }

    /** About how many bytes all of it takes. */
    long bytes() {
        return log.bytes()
                + frozenLog.bytes()
                + (long) resident.size() * FROZEN_OBJECTS
                + (long) thawed.size() * THAWED_OBJECTS
                + arrivals * ARRIVAL_OBJECTS;
    }

    /** The bytes of the chunks that are not frozen. */
    long thawedBytes() {
        return log.bytes();
    }

    /** Takes in a frozen trace that state has. */
    ResidentTrace enter(TraceId id, byte[] bytes, long deadline) {
        ResidentTrace trace = new ResidentTrace(id);
        trace.frozen = frozenLog.append(ChunkLog.NONE, bytes, bytes.length);
        resident.add(trace);
        written.add(trace);
        deadlines.set(trace, deadline);
        return trace;
    }

    /** Takes in a trace of which what is known is there, and nothing else. */
    void enter(ResidentTrace trace) {
        resident.add(trace);
        changed(trace);
    }

    void add(ResidentTrace trace, TraceChunk chunk) throws IOException {
        if (trace.list == null) {
            resident.add(trace);
        }
        record.clear();
        ChunkRecord.writeHead(chunk, record);
        trace.lastRecord =
                log.append(
                        trace.lastRecord, record.getSharedBuffer(), record.length(), chunk.otlp());
        trace.records++;
        countArrivals(trace, trace.arrivals == null ? 0 : trace.arrivals.size());
        changed(trace);
    }

    OpenTrace known(ResidentTrace trace) {
        if (trace.now == null) {
            frozenTraces.thaw(trace);
        }
        return trace.now;
    }

    void changed(ResidentTrace trace) {
        if (trace.list != thawed) {
            thawed.add(trace);
        }
        deadlines.set(trace, trace.now.deadline());
    }

    void unchanged(ResidentTrace trace) {
        if (trace.list != thawed) {
            trace.now = null;
            trace.arrivals = null;
        }
    }

    SpanArrivals arrivals(ResidentTrace trace, TraceChunk chunk) {
        known(trace);
        if (trace.arrivals == null) {
            trace.arrivals = new HashMap<>();
        }
        return new ResidentSpanArrivals(trace.arrivals, chunk.arrival());
    }

    private void countArrivals(ResidentTrace trace, int now) {
        arrivals += now - trace.countedArrivals;
        trace.countedArrivals = now;
    }

    List<TraceChunk> chunks(ResidentTrace trace) {
        List<TraceChunk> chunks = new ArrayList<>();
        if (trace.frozen != ChunkLog.NONE) {
            frozenTraces.addChunks(trace, chunks);
        }
        frozenTraces.addChunks(trace.id(), trace.lastRecord, log, chunks);
        return chunks;
    }

    /**
     * Reads what some traces need that are about to leave. What is read before it is needed is
     * there by then, and all of it is waited for together; so these loops do nothing else.
     *
     * @return what a caller has to do something with, so that it is read indeed
     */
    long touch(ResidentTrace[] traces, int count) {
        long touched = 0;
        for (int i = 0; i < count; i++) {
            touched += traces[i].high + traces[i].records + traces[i].due;
        }
        for (int i = 0; i < count; i++) {
            ResidentTrace trace = traces[i];
            touched += resident.touch(trace);
            touched += trace.now == null ? 0 : trace.now.deadline();
            touched += trace.next == null ? 0 : trace.next.records;
            touched += trace.previous == null ? 0 : trace.previous.records;
            touched += trace.frozen == ChunkLog.NONE ? 0 : frozenLog.length(trace.frozen);
            touched += trace.lastRecord == ChunkLog.NONE ? 0 : log.length(trace.lastRecord);
        }
        for (int i = 0; i < count; i++) {
            OpenTrace now = traces[i].now;
            touched += now == null || now.gathered() == null ? 0 : now.gathered().latest();
        }
        for (int i = 0; i < count; i++) {
            OpenTrace now = traces[i].now;
            touched +=
                    now == null || now.gathered() == null ? 0 : now.gathered().evidence().spans();
        }
        return touched;
    }

    void leave(ResidentTrace trace) {
        countArrivals(trace, 0);
        resident.remove(trace);
        trace.list.remove(trace);
        deadlines.remove(trace);
        log.free(trace.lastRecord);
        frozenLog.free(trace.frozen);
    }

    void freeze(ResidentTrace trace) {
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

    /** Freezes the oldest until what is not frozen needs the room that it has. */
    void tidy() {
        while (thawed.first() != null && log.isSparse()) {
            freeze(thawed.first());
        }
        if (frozenLog.isSparse()) {
            compact(thawed);
            compact(frozen);
            compact(written);
            compact(staying);
        }
    }

    /** Moves what few frozen traces hold on to large arrays, so that these are free. */
    private void compact(ResidentList list) {
        for (ResidentTrace trace = list.first(); trace != null; trace = trace.next) {
            if (trace.frozen != ChunkLog.NONE && frozenLog.isHolding(trace.frozen)) {
                trace.frozen = frozenLog.move(trace.frozen);
            }
        }
    }

    /** Writes a frozen trace to its slice: all of it, or what the slice does not have. */
    void write(ResidentTrace trace, TraceSlices slices) throws Exception {
        TraceSlice slice = slices.of(trace.due);
        int had = trace.storedChunks;
        if (trace.stored != slice) {
            forgetStored(trace, slices);
            had = 0;
        }
        byte[] array = frozenLog.array(trace.frozen);
        int begin = frozenLog.begin(trace.frozen);
        int end = begin + frozenLog.length(trace.frozen);
        int head = FrozenTraces.headSize(array, begin);
        int rest = begin + head + had;
        slices.put(slice, trace.id(), array, begin, head, rest, end - rest);
        trace.stored = slice;
        trace.storedChunks = end - begin - head;
        written.add(trace);
    }

    /** Says that what state has of a trace is not so any more. */
    void forgetStored(ResidentTrace trace, TraceSlices slices) throws Exception {
        if (trace.stored != null) {
            slices.end(trace.stored, trace.id());
        }
    }
}
