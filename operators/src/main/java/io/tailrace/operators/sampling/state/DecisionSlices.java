package io.tailrace.operators.sampling.state;

import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;

import io.tailrace.operators.span.TraceId;
import io.tailrace.operators.state.ExpirySlices;
import io.tailrace.operators.state.IdFilter;
import io.tailrace.operators.state.KeyGroupKeys;

import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Decisions by the slice of time in which they expire: one list of blocks and one timer for each
 * slice and key group. What is added stays in memory until the next snapshot, and is dropped with
 * all of its slice.
 *
 * <p>Slices of an earlier run may have been cut otherwise: every one that there is counts.
 */
final class DecisionSlices {

    /** More bytes than these are not held in memory. */
    private static final int MOST_PENDING = 16 << 20;

    private static final ListStateDescriptor<DecisionBlock> BLOCKS =
            new ListStateDescriptor<>("decision-blocks", DecisionBlock.TYPE);

    private final KeyedStateBackend<TraceId> backend;
    private final ExpirySlices time;
    private final KeyGroupKeys groups;
    private final InternalTimerService<Long> timers;
    private final DecidedTraceSerializer format = new DecidedTraceSerializer();
    private final DataOutputSerializer entry = new DataOutputSerializer(256);
    private final TreeMap<Long, DecisionSlice> slices = new TreeMap<>();
    private DecisionSlice latest;
    private long pendingBytes;
    private boolean overdue;

    DecisionSlices(
            KeyedStateBackend<TraceId> backend,
            TaskInfo task,
            ExpirySlices time,
            Function<Triggerable<TraceId, Long>, InternalTimerService<Long>> timers) {
        this.backend = backend;
        this.time = time;
        this.groups = new KeyGroupKeys(task);
        this.timers = timers.apply(new SliceEnd());
    }

    /** Told of each decision that there is. */
    interface Listener {
        /**
         * @param hash of the trace's id
         * @param slice its end
         */
        void decided(long hash, long slice);
    }

    /** Reads all lists once, to know which traces are in which slice. Changes the current key. */
    void restore(Listener listener) throws Exception {
        List<Tuple2<TraceId, Long>> lists;
        try (Stream<Tuple2<TraceId, Long>> all = backend.getKeysAndNamespaces(BLOCKS.getName())) {
            lists = all.toList();
        }
        for (Tuple2<TraceId, Long> list : lists) {
            DecisionSlice slice = slice(list.f1);
            slice.setWritten(groups.indexOf(list.f0));
            backend.setCurrentKey(list.f0);
            for (DecisionBlock block : written(slice).get()) {
                block.forEach(
                        id -> {
                            long hash = IdFilter.hash(id);
                            slice.ids.add(hash);
                            listener.decided(hash, slice.end());
                        });
            }
        }
    }

    /** Null where no decision on the trace is remembered here. May change the current key. */
    DecidedTrace get(TraceId id, long hash) throws Exception {
        int group = groups.indexOf(id);
        for (DecisionSlice slice : slices.descendingMap().values()) {
            DecidedTrace decided = slice.mayHold(group, hash) ? get(id, slice, group) : null;
            if (decided != null) {
                return decided;
            }
        }
        return null;
    }

    private DecidedTrace get(TraceId id, DecisionSlice slice, int group) throws Exception {
        DecisionBlock pending = slice.pending(group);
        int at = pending == null ? -1 : pending.find(id);
        if (at >= 0) {
            return pending.read(at);
        }
        DecidedTrace decided = null;
        if (slice.isWritten(group)) {
            backend.setCurrentKey(groups.key(group));
            for (DecisionBlock block : written(slice).get()) {
                at = block.find(id);
                decided = at >= 0 ? block.read(at) : decided;
            }
        }
        return decided;
    }

    /** Adds a decision on a trace that has none here. May change the current key. */
    void put(TraceId id, long hash, DecidedTrace then) throws Exception {
        DecisionSlice slice = slice(time.endOf(then.expires()));
        slice.ids.add(hash);
        append(slice, id, then);
    }

    /**
     * Forgets a trace. May change the current key.
     *
     * @param expires when its decision does
     */
    void remove(TraceId id, long hash, long expires) throws Exception {
        int group = groups.indexOf(id);
        for (DecisionSlice slice : slices.tailMap(expires, true).values()) {
            if (slice.mayHold(group, hash)) {
                append(slice, id, null);
            }
        }
    }

    private DecisionSlice slice(long end) {
        if (latest == null || latest.end() != end) {
            latest = slices.get(end);
            if (latest == null) {
                long most = 0;
                for (DecisionSlice slice : slices.values()) {
                    most = Math.max(most, slice.ids.ids());
                }
                latest = new DecisionSlice(end, groups.size(), most + most / 8);
                slices.put(end, latest);
            }
        }
        return latest;
    }

    private void append(DecisionSlice slice, TraceId id, DecidedTrace decided) throws Exception {
        int group = groups.indexOf(id);
        if (!slice.holds(group)) {
            backend.setCurrentKey(groups.key(group));
            timers.registerEventTimeTimer(slice.end(), slice.end());
            overdue |= slice.end() <= timers.currentWatermark();
        }
        entry.clear();
        DecisionBlock.writeEntry(id, decided, format, entry);
        slice.toFill(group).append(entry.getSharedBuffer(), entry.length());
        pendingBytes += entry.length();
        if (pendingBytes > MOST_PENDING) {
            write();
        }
    }

    /** Whether slices that were over already got decisions since this was last asked. */
    boolean takeOverdue() {
        boolean was = overdue;
        overdue = false;
        return was;
    }

    /** Drops what is in memory of the slices that are over, whose timers have fired. */
    void dropUntil(long watermark) {
        slices.headMap(watermark, true).clear();
        latest = null;
    }

    /** Writes what is in memory only. Changes the current key. */
    void write() throws Exception {
        for (DecisionSlice slice : slices.values()) {
            for (int group = 0; group < groups.size(); group++) {
                if (slice.pending(group) != null) {
                    backend.setCurrentKey(groups.key(group));
                    written(slice).add(slice.pending(group).trimmed());
                    slice.setWritten(group);
                }
            }
        }
        pendingBytes = 0;
    }

    /** The list of the current key, which must be one of a key group. */
    private ListState<DecisionBlock> written(DecisionSlice slice) throws Exception {
        return backend.getPartitionedState(slice.end(), LongSerializer.INSTANCE, BLOCKS);
    }

    /** How many decisions there are, forgotten ones included until their slice is over. */
    long count() {
        return slices.values().stream().mapToLong(each -> each.ids.ids()).sum();
    }

    long filterBytes() {
        return slices.values().stream().mapToLong(each -> each.ids.bytes()).sum();
    }

    private final class SliceEnd implements Triggerable<TraceId, Long> {
        @Override
        public void onEventTime(InternalTimer<TraceId, Long> timer) throws Exception {
            DecisionSlice slice = slices.get(timer.getNamespace());
            int group = groups.indexOf(timer.getKey());
            if (slice.isWritten(group)) {
                written(slice).clear();
            }
            if (slice.pending(group) != null) {
                pendingBytes -= slice.pending(group).length();
            }
            slice.clear(group);
        }

        @Override
        public void onProcessingTime(InternalTimer<TraceId, Long> timer) {
            throw new IllegalStateException("Slices end in event time");
        }
    }
}
