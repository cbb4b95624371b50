package io.tailrace.operators.sampling.state;

import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.state.KeyedStateBackend;

import io.tailrace.operators.span.TraceId;
import io.tailrace.operators.state.ExpirySlices;
import io.tailrace.operators.state.IdFilter;
import io.tailrace.operators.state.IdScreen;
import io.tailrace.operators.state.KeyGroupKeys;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Open traces in keyed state, by the slice of time in which they are due: one list of {@linkplain
 * TraceBlock blocks} for each slice and key group. A trace is some bytes in a block, so that
 * writing one costs about as much as copying it, and all of a slice are dropped at once when it is
 * over.
 *
 * <p>Needs no timers: who restores it learns from the lists which slices there are. Slices of an
 * earlier run may have been cut otherwise: every one that there is counts.
 */
final class TraceSlices {

    /** More bytes than these are not held in memory. */
    private static final int MOST_PENDING = 16 << 20;

    private static final long SALT = 5;
    private static final long LEAST_SPILLED = 1 << 16;

    private static final ListStateDescriptor<TraceBlock> BLOCKS =
            new ListStateDescriptor<>("open-trace-blocks", TraceBlock.TYPE);

    private final KeyedStateBackend<TraceId> backend;
    private final ExpirySlices time;
    private final KeyGroupKeys groups;
    private final TreeMap<Long, TraceSlice> slices = new TreeMap<>();

    /** Those that are not in memory: tells of most others that they are not open. */
    private final IdScreen spilledIds;

    private TraceSlice latest;
    private long spilled;
    private long pendingBytes;

    TraceSlices(KeyedStateBackend<TraceId> backend, TaskInfo task, Duration wait) {
        this.backend = backend;
        this.time = ExpirySlices.ofWait(wait);
        this.groups = new KeyGroupKeys(task);
        this.spilledIds = new IdScreen(ExpirySlices.generationsOfWait(wait), SALT, LEAST_SPILLED);
    }

    /** A trace that state has. */
    record Stored(TraceSlice slice, FrozenParts parts) {}

    /** Sees traces that state has. */
    interface Listener {
        void trace(TraceId id, Stored stored) throws Exception;
    }

    /** Shows all traces that there are. Changes the current key. */
    void restore(Listener listener) throws Exception {
        List<Tuple2<TraceId, Long>> lists;
        try (Stream<Tuple2<TraceId, Long>> all = backend.getKeysAndNamespaces(BLOCKS.getName())) {
            lists = all.toList();
        }
        for (Tuple2<TraceId, Long> list : lists) {
            TraceSlice slice = slice(list.f1);
            int group = groups.indexOf(list.f0);
            slice.setWritten(group);
            for (Map.Entry<TraceId, FrozenParts> each : read(slice, group).entrySet()) {
                listener.trace(each.getKey(), new Stored(slice, each.getValue()));
            }
        }
    }

    /** The end of the slice after the one that a time is in. */
    long endOfNext(long now) {
        long end = time.endOf(now);
        return end > Long.MAX_VALUE - time.millis() ? Long.MAX_VALUE : end + time.millis();
    }

    /** The slice of a deadline. */
    TraceSlice of(long deadline) {
        return slice(time.endOf(deadline));
    }

    private TraceSlice slice(long end) {
        if (latest == null || latest.end() != end) {
            latest = slices.computeIfAbsent(end, each -> new TraceSlice(each, groups.size()));
        }
        return latest;
    }

    /** Adds a part of a trace: a head, and chunks. */
    void put(
            TraceSlice slice,
            TraceId id,
            byte[] from,
            int head,
            int headSize,
            int chunks,
            int chunksSize)
            throws Exception {
        slice.toFill(groups.indexOf(id)).append(id, from, head, headSize, chunks, chunksSize);
        grown(slice, TraceBlock.HEAD + headSize + chunksSize);
    }

    /** Says that a trace is no longer open, or no longer in this slice. */
    void end(TraceSlice slice, TraceId id) throws Exception {
        if (!slice.isOver()) {
            slice.toFill(groups.indexOf(id)).appendEnd(id);
            grown(slice, TraceBlock.HEAD);
        }
    }

    private void grown(TraceSlice slice, int bytes) throws Exception {
        slice.grown(bytes);
        pendingBytes += bytes;
        while (pendingBytes > MOST_PENDING) {
            TraceSlice largest = slice;
            for (TraceSlice each : slices.values()) {
                largest = each.pendingBytes() > largest.pendingBytes() ? each : largest;
            }
            write(largest);
        }
    }

    /** Writes what is in memory only. Changes the current key. */
    void write() throws Exception {
        for (TraceSlice slice : slices.values()) {
            write(slice);
        }
    }

    private void write(TraceSlice slice) throws Exception {
        pendingBytes -= slice.pendingBytes();
        if (slice.pendingBytes() == 0) {
            return;
        }
        for (int group = 0; group < groups.size(); group++) {
            if (slice.pending(group) != null) {
                list(slice, group).add(slice.pending(group).trimmed());
                slice.setWritten(group);
            }
        }
    }

    /** Says that a trace, of which state has all, is no longer in memory. */
    void spill(TraceSlice slice, TraceId id, long due) {
        long hash = IdFilter.hash(id);
        slice.spill(groups.indexOf(id), hash, due, this::mostSpilled);
        spilledIds.add(hash, slice.end());
        spilled++;
    }

    /** As many as a new filter is made for. */
    private long mostSpilled() {
        long most = 0;
        for (TraceSlice each : slices.values()) {
            most = Math.max(most, each.spilledEver());
        }
        return most + most / 8;
    }

    /** How many traces are not in memory. */
    long spilled() {
        return spilled;
    }

    /**
     * Takes a trace that is not in memory; null where it is not open. May change the current key.
     */
    Stored take(TraceId id) throws Exception {
        long hash = IdFilter.hash(id);
        if (!spilledIds.mayContain(hash)) {
            return null;
        }
        int group = groups.indexOf(id);
        for (TraceSlice slice : slices.values()) {
            if (slice.mayHaveSpilled(group, hash)) {
                FrozenParts parts = read(slice, group, id);
                if (!parts.isEmpty()) {
                    slice.loaded(group, 1);
                    spilled--;
                    return new Stored(slice, parts);
                }
            }
        }
        return null;
    }

    /** No trace that is not in memory is due before. */
    long leastDue() {
        TraceSlice first = firstDue();
        return first == null ? Long.MAX_VALUE : first.leastDue();
    }

    private TraceSlice firstDue() {
        TraceSlice first = null;
        if (spilled > 0) {
            for (TraceSlice slice : slices.values()) {
                if (slice.leastDue() < (first == null ? Long.MAX_VALUE : first.leastDue())) {
                    first = slice;
                }
            }
        }
        return first;
    }

    /**
     * Shows all open traces of the slice in which the first that is not in memory is due; those
     * that are in memory too. All count as being in memory from then on. Changes the current key.
     *
     * @return the end of the slice
     */
    long takeFirst(Listener listener) throws Exception {
        TraceSlice slice = firstDue();
        for (int group = 0; group < groups.size(); group++) {
            int missing = slice.spilled(group);
            if (missing > 0) {
                slice.loaded(group, missing);
                spilled -= missing;
                for (Map.Entry<TraceId, FrozenParts> each : read(slice, group).entrySet()) {
                    listener.trace(each.getKey(), new Stored(slice, each.getValue()));
                }
            }
        }
        return slice.end();
    }

    private Map<TraceId, FrozenParts> read(TraceSlice slice, int group) throws Exception {
        Map<TraceId, FrozenParts> traces = new LinkedHashMap<>();
        read(
                slice,
                group,
                (high, low, bytes, from, size) -> {
                    TraceId id = new TraceId(high, low);
                    if (size == 0) {
                        traces.remove(id);
                    } else {
                        traces.computeIfAbsent(id, each -> new FrozenParts())
                                .add(bytes, from, size);
                    }
                });
        return traces;
    }

    private FrozenParts read(TraceSlice slice, int group, TraceId id) throws Exception {
        FrozenParts parts = new FrozenParts();
        read(
                slice,
                group,
                (high, low, bytes, from, size) -> {
                    if (low == id.low() && high == id.high()) {
                        if (size == 0) {
                            parts.clear();
                        } else {
                            parts.add(bytes, from, size);
                        }
                    }
                });
        return parts;
    }

    private void read(TraceSlice slice, int group, TraceBlock.Reader reader) throws Exception {
        if (slice.isWritten(group)) {
            for (TraceBlock block : list(slice, group).get()) {
                block.forEach(reader);
            }
        }
        if (slice.pending(group) != null) {
            slice.pending(group).forEach(reader);
        }
    }

    /** Drops what is over. Nothing that is due by then may be open. Changes the current key. */
    void dropUntil(long watermark) throws Exception {
        Iterator<TraceSlice> ended = slices.headMap(watermark, true).values().iterator();
        while (ended.hasNext()) {
            TraceSlice slice = ended.next();
            for (int group = 0; group < groups.size(); group++) {
                if (slice.isWritten(group)) {
                    list(slice, group).clear();
                }
            }
            pendingBytes -= slice.pendingBytes();
            slice.setOver();
            ended.remove();
            latest = null;
        }
        spilledIds.dropUntil(watermark);
    }

    /** The list of a key group, whose key becomes the current one. */
    private ListState<TraceBlock> list(TraceSlice slice, int group) throws Exception {
        backend.setCurrentKey(groups.key(group));
        return backend.getPartitionedState(slice.end(), LongSerializer.INSTANCE, BLOCKS);
    }

    /** What of it is in memory. */
    long bytes() {
        return pendingBytes;
    }
}
