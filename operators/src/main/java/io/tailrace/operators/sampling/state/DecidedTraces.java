package io.tailrace.operators.sampling.state;

import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;

import io.tailrace.operators.span.TraceId;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/**
 * Remembers what was decided of traces, in keyed state, until they expire or a little longer: a
 * trace costs one write, one removal, and sixteen bytes in the list of those that expire in the
 * same slice of time. No trace has a timer of its own here.
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

    private static final ValueStateDescriptor<DecidedTrace> DECIDED =
            new ValueStateDescriptor<>("decided-trace", DecidedTrace.TYPE);

    private final long run = ThreadLocalRandom.current().nextLong();
    private final KeyedStateBackend<TraceId> backend;
    private final ValueState<DecidedTrace> decided;
    private final ExpiryLists expiring;

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
        decided =
                backend.getPartitionedState(
                        VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, DECIDED);
        expiring = new ExpiryLists(backend, task, run, memory, timers, this::forget);
    }

    /** Null where no decision is remembered. */
    public DecidedTrace get(TraceId id) throws Exception {
        backend.setCurrentKey(id);
        return decided.value();
    }

    /**
     * Remembers a new decision, which has no late spans yet, of a trace of which none is
     * remembered.
     */
    public void put(TraceId id, DecidedTrace then) throws Exception {
        expiring.add(id, then.expires());
        backend.setCurrentKey(id);
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
        boolean first = then.isToBeTold() && !before.isToBeTold();
        if (first) {
            expiring.addToRead(id, then.expires());
        }
        backend.setCurrentKey(id);
        decided.update(then);
        return first;
    }

    /** Forgets a decision, perhaps before its slice is over. */
    public void remove(TraceId id, DecidedTrace was) throws Exception {
        if (!was.isToBeTold()) {
            // Its slice must not take the next decision for this one.
            expiring.addToRead(id, was.expires());
        }
        backend.setCurrentKey(id);
        decided.clear();
    }

    /**
     * Whether slices that were over already got traces since this was last asked. The watermark
     * must then be advanced once more, or they stay until the next; after the last there is none.
     */
    public boolean takeOverdue() {
        return expiring.takeOverdue();
    }

    /**
     * Writes what is in memory only. Must be called before each snapshot of state; changes the
     * current key.
     */
    public void beforeSnapshot() throws Exception {
        expiring.write();
    }

    private void forget(long slice, List<ExpiringTraces> lists) throws Exception {
        Set<TraceId> toRead = new HashSet<>();
        for (ExpiringTraces list : lists) {
            list.toRead().forEach(toRead::add);
            if (list.writer() != run) {
                list.ids().forEach(toRead::add);
            }
        }
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

    private void removeUnless(boolean kept, TraceId id) {
        if (!kept) {
            backend.setCurrentKey(id);
            decided.clear();
        }
    }
}
