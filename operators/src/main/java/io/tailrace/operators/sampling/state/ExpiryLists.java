package io.tailrace.operators.sampling.state;

import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;

import io.tailrace.operators.span.TraceId;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Lists traces by the slice of time in which their decisions expire: one list and one timer for
 * each slice and key group. What is added stays in memory until the next snapshot.
 */
final class ExpiryLists {

    /** Ids that are held in memory at most, 4 MiB of them; more are written at once. */
    private static final int MOST_PENDING = 1 << 18;

    private static final ListStateDescriptor<ExpiringTraces> LISTS =
            new ListStateDescriptor<>("expiring-traces", ExpiringTraces.TYPE);

    private final KeyedStateBackend<TraceId> backend;
    private final ExpirySlices slices;
    private final KeyGroupKeys groups;
    private final PendingTraces pending;
    private final InternalTimerService<Long> timers;
    private int pendingIds;
    private boolean overdue;

    /** Told when a slice is over. */
    interface Listener {
        /**
         * @param slice its end
         * @param lists of one key group
         */
        void over(long slice, List<ExpiringTraces> lists) throws Exception;
    }

    /**
     * @param run the number that this run's lists bear
     * @param memory how long decisions are remembered
     */
    ExpiryLists(
            KeyedStateBackend<TraceId> backend,
            TaskInfo task,
            long run,
            Duration memory,
            Function<Triggerable<TraceId, Long>, InternalTimerService<Long>> timers,
            Listener listener) {
        this.backend = backend;
        this.slices = ExpirySlices.of(memory);
        this.groups = new KeyGroupKeys(task);
        this.pending = new PendingTraces(run, groups.size());
        this.timers = timers.apply(new SliceEnd(listener));
    }

    /** Lists a trace to be forgotten. Changes the current key. */
    void add(TraceId id, long expires) throws Exception {
        list(id, expires).ids().add(id);
    }

    /** Lists a trace that must be looked at before it is forgotten. Changes the current key. */
    void addToRead(TraceId id, long expires) throws Exception {
        list(id, expires).toRead().add(id);
    }

    /** The list of the slice that a time is in, which is about to get one more id. */
    private ExpiringTraces list(TraceId id, long expires) throws Exception {
        if (pendingIds == MOST_PENDING) {
            write();
        }
        pendingIds++;
        long slice = slices.endOf(expires);
        int group = groups.indexOf(id);
        ExpiringTraces list = pending.of(group, slice);
        if (list.size() == 0) {
            backend.setCurrentKey(groups.key(group));
            timers.registerEventTimeTimer(slice, slice);
            overdue |= slice <= timers.currentWatermark();
        }
        return list;
    }

    /** Whether slices that were over already got traces since this was last asked. */
    boolean takeOverdue() {
        boolean was = overdue;
        overdue = false;
        return was;
    }

    /** Writes what is in memory only. Changes the current key. */
    void write() throws Exception {
        pending.drain(
                (group, slice, traces) -> {
                    backend.setCurrentKey(groups.key(group));
                    written(slice).add(traces.trimmed());
                });
        pendingIds = 0;
    }

    /** The lists of the current key, which must be one of a key group. */
    private ListState<ExpiringTraces> written(long slice) throws Exception {
        return backend.getPartitionedState(slice, LongSerializer.INSTANCE, LISTS);
    }

    /** All lists of a slice and key group, which are taken away. */
    private List<ExpiringTraces> take(TraceId groupKey, long slice) throws Exception {
        List<ExpiringTraces> lists = new ArrayList<>();
        ListState<ExpiringTraces> state = written(slice);
        Iterable<ExpiringTraces> written = state.get();
        if (written != null) {
            written.forEach(lists::add);
            state.clear();
        }
        ExpiringTraces last = pending.remove(groups.indexOf(groupKey), slice);
        pendingIds -= last.size();
        lists.add(last);
        return lists;
    }

    private final class SliceEnd implements Triggerable<TraceId, Long> {
        private final Listener listener;

        SliceEnd(Listener listener) {
            this.listener = listener;
        }

        @Override
        public void onEventTime(InternalTimer<TraceId, Long> timer) throws Exception {
            long slice = timer.getNamespace();
            listener.over(slice, take(timer.getKey(), slice));
        }

        @Override
        public void onProcessingTime(InternalTimer<TraceId, Long> timer) {
            throw new IllegalStateException("Slices end in event time");
        }
    }
}
