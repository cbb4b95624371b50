package io.tailrace.operators.sampling.state;

import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;

import io.tailrace.operators.span.TraceId;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/**
 * Remembers what was decided of traces, in keyed state, until some time after it expires. A trace
 * costs one write, one removal, and sixteen bytes in the list of those that expire in the same
 * slice of time: there is a list and a timer for each slice and key group, not for each trace.
 *
 * <p>A decision may be there for up to a slice after it expired, so callers must ask {@link
 * DecidedTrace#covers}. At the watermark {@link Long#MAX_VALUE} all are forgotten.
 *
 * <p>When a slice is over its traces are removed without a look at them, but for those listed to be
 * read: a trace that was decided anew, or whose second record is still to be told, for which the
 * caller has a timer. Of what an earlier run listed all are read, for it may have cut time
 * otherwise, so that what was to be read is listed elsewhere. Traces that no slice mentions, as in
 * savepoints of earlier versions, are left to the caller's timers.
 *
 * <p>Every method that takes an id leaves it as the current key.
 */
public final class DecidedTraces {

    /** The timer service of the slices. */
    public static final String TIMERS = "decision-slices";

    /** Ids that are held in memory at most, 4 MiB of them; more are written at once. */
    private static final int MOST_PENDING = 1 << 18;

    private static final ValueStateDescriptor<DecidedTrace> DECIDED =
            new ValueStateDescriptor<>("decided-trace", DecidedTrace.TYPE);
    private static final ListStateDescriptor<ExpiringTraces> EXPIRING =
            new ListStateDescriptor<>("expiring-traces", ExpiringTraces.TYPE);

    private final long run = ThreadLocalRandom.current().nextLong();
    private final KeyedStateBackend<TraceId> backend;
    private final ValueState<DecidedTrace> decided;
    private final ExpirySlices slices;
    private final KeyGroupKeys groups;
    private final PendingTraces pending;
    private final InternalTimerService<Long> timers;
    private int pendingIds;
    private boolean overdue;

    /**
     * @param memory how long decisions are remembered
     * @param timers makes the timer service {@link #TIMERS} for what is called when they fire
     */
    public DecidedTraces(
            KeyedStateBackend<TraceId> backend,
            TaskInfo task,
            Duration memory,
            Function<Triggerable<TraceId, Long>, InternalTimerService<Long>> timers)
            throws Exception {
        this.backend = backend;
        this.decided =
                backend.getPartitionedState(
                        VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, DECIDED);
        this.slices = ExpirySlices.of(memory);
        this.groups = new KeyGroupKeys(task);
        this.pending = new PendingTraces(run, groups.size());
        this.timers = timers.apply(new SliceEnd());
    }

    /** Null where no decision is remembered. */
    public DecidedTrace get(TraceId id) throws Exception {
        backend.setCurrentKey(id);
        return decided.value();
    }

    /**
     * Remembers a new decision, which has no late spans yet.
     *
     * @param before the one it takes the place of, whether that is still there or was removed
     *     before its slice was over; null where there is none
     */
    public void put(TraceId id, DecidedTrace before, DecidedTrace then) throws Exception {
        int group = groups.groupOf(id);
        if (before != null) {
            list(group, before.expires()).toRead().add(id);
        }
        list(group, then.expires()).ids().add(id);
        backend.setCurrentKeyAndKeyGroup(id, group);
        decided.update(then);
    }

    /**
     * Remembers what late spans made of a decision.
     *
     * @param before as it was
     * @param then with the same expiry
     * @return whether a second record is to be told now and was not before; the caller must then
     *     set a timer for {@code then.expires()}, tell the record when it fires and remove the
     *     trace. It happens once to a trace
     */
    public boolean update(TraceId id, DecidedTrace before, DecidedTrace then) throws Exception {
        int group = groups.groupOf(id);
        boolean first = then.isToBeTold() && !before.isToBeTold();
        if (first) {
            list(group, then.expires()).toRead().add(id);
        }
        backend.setCurrentKeyAndKeyGroup(id, group);
        decided.update(then);
        return first;
    }

    /** Forgets a decision; where a new one is put before its slice is over, that must be told. */
    public void remove(TraceId id) {
        backend.setCurrentKey(id);
        decided.clear();
    }

    /** The list of the slice that a time is in, which is about to get one more id. */
    private ExpiringTraces list(int group, long expires) throws Exception {
        if (pendingIds == MOST_PENDING) {
            beforeSnapshot();
        }
        long slice = slices.endOf(expires);
        int index = groups.index(group);
        ExpiringTraces list = pending.of(index, slice);
        if (list.size() == 0) {
            backend.setCurrentKeyAndKeyGroup(groups.key(index), group);
            timers.registerEventTimeTimer(slice, slice);
            overdue |= slice <= timers.currentWatermark();
        }
        pendingIds++;
        return list;
    }

    /**
     * Whether slices that were over already got traces since this was last asked: the watermark
     * must then be advanced once more.
     */
    public boolean takeOverdue() {
        boolean was = overdue;
        overdue = false;
        return was;
    }

    /** Writes what is held in memory only. Must be called before each snapshot of state. */
    public void beforeSnapshot() throws Exception {
        pending.drain(
                (index, slice, traces) -> {
                    backend.setCurrentKey(groups.key(index));
                    expiring(slice).add(traces.trimmed());
                });
        pendingIds = 0;
    }

    /** The lists of the current key, which must be one of a key group. */
    private ListState<ExpiringTraces> expiring(long slice) throws Exception {
        return backend.getPartitionedState(slice, LongSerializer.INSTANCE, EXPIRING);
    }

    /** Forgets the traces of a slice and key group. */
    private void expire(TraceId groupKey, long slice) throws Exception {
        List<ExpiringTraces> lists = new ArrayList<>();
        ListState<ExpiringTraces> state = expiring(slice);
        Iterable<ExpiringTraces> written = state.get();
        if (written != null) {
            written.forEach(lists::add);
            state.clear();
        }
        ExpiringTraces last = pending.remove(groups.index(groups.groupOf(groupKey)), slice);
        pendingIds -= last.size();
        lists.add(last);

        Set<TraceId> toRead = toRead(lists);
        for (ExpiringTraces list : lists) {
            list.ids().forEach(id -> removeUnless(toRead.contains(id), id));
        }
        for (TraceId id : toRead) {
            DecidedTrace there = get(id);
            if (there != null && there.expires() <= slice && !there.isToBeTold()) {
                decided.clear();
            }
        }
    }

    private Set<TraceId> toRead(List<ExpiringTraces> lists) {
        Set<TraceId> toRead = new HashSet<>();
        for (ExpiringTraces list : lists) {
            list.toRead().forEach(toRead::add);
            if (list.writer() != run) {
                list.ids().forEach(toRead::add);
            }
        }
        return toRead;
    }

    private void removeUnless(boolean kept, TraceId id) {
        if (!kept) {
            remove(id);
        }
    }

    private final class SliceEnd implements Triggerable<TraceId, Long> {
        @Override
        public void onEventTime(InternalTimer<TraceId, Long> timer) throws Exception {
            expire(timer.getKey(), timer.getNamespace());
        }

        @Override
        public void onProcessingTime(InternalTimer<TraceId, Long> timer) {
            throw new IllegalStateException("Slices end in event time");
        }
    }
}
