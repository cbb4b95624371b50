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
import io.tailrace.operators.state.ExpirySlices;
import io.tailrace.operators.state.IdFilter;
import io.tailrace.operators.state.IdScreen;

import java.time.Duration;
import java.util.function.Function;

/**
 * Remembers what was decided of traces until they expire or a little longer. Most decisions are
 * never asked for again: one is some bytes in a block, which gets into state with others, and is
 * dropped with its slice of time. One that late spans changed becomes a value of its own, which the
 * caller forgets by a timer. In savepoints of earlier versions every decision is such a value.
 *
 * <p>A decision may be there for up to a slice after it expired, so callers must ask {@link
 * DecidedTrace#covers}. At the watermark {@link Long#MAX_VALUE} all are forgotten.
 *
 * <p>That nothing is known of a trace is told by filters in memory, mostly without a look at state.
 * They take five to ten bytes for each decision remembered: two or more in its slice's, and two or
 * more in that of its generation, which outlives it.
 *
 * <p>Every method that takes an id may change the current key.
 */
public final class DecidedTraces {

    /** The timer service of the slices. */
    public static final String TIMERS = "decision-slices";

    private static final ValueStateDescriptor<DecidedTrace> OWN =
            new ValueStateDescriptor<>("decided-trace", DecidedTrace.TYPE);

    private static final long SALT_OF_ALL = 2;
    private static final long LEAST_OF_ALL = 1 << 20;
    private static final long SALT_OF_OWN = 3;
    private static final long LEAST_OF_OWN = 1 << 10;

    private final KeyedStateBackend<TraceId> backend;
    private final ValueState<DecidedTrace> ownValue;
    private final DecisionSlices slices;

    /** The traces of which anything may be known. */
    private final IdScreen all;

    /** Those that may have a value of their own. */
    private final IdScreen own;

    private long count;
    private long filterBytes;

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
        ownValue =
                backend.getPartitionedState(
                        VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, OWN);
        slices = new DecisionSlices(backend, task, ExpirySlices.of(memory), timers);
        ExpirySlices generations = ExpirySlices.generations(memory);
        all = new IdScreen(generations, SALT_OF_ALL, LEAST_OF_ALL);
        own = new IdScreen(generations, SALT_OF_OWN, LEAST_OF_OWN);
    }

    /**
     * Must be called before anything else. What state remembers is read once, for the filters are
     * in memory only: blocks one after another, about as fast as a checkpoint is copied, and each
     * value of a trace's own.
     */
    public void restore() throws Exception {
        slices.restore(all::add);
        backend.applyToAllKeys(
                VoidNamespace.INSTANCE,
                VoidNamespaceSerializer.INSTANCE,
                OWN,
                (id, value) -> {
                    long hash = IdFilter.hash(id);
                    long expires = value.value().expires();
                    all.add(hash, expires);
                    own.add(hash, expires);
                });
        measure();
    }

    /** Null where no decision is remembered. */
    public DecidedTrace get(TraceId id) throws Exception {
        long hash = IdFilter.hash(id);
        if (!all.mayContain(hash)) {
            return null;
        }
        if (own.mayContain(hash)) {
            backend.setCurrentKey(id);
            DecidedTrace decided = ownValue.value();
            if (decided != null) {
                return decided;
            }
        }
        return slices.get(id, hash);
    }

    /**
     * Remembers a new decision, which has no late spans yet, of a trace of which none is
     * remembered.
     */
    public void put(TraceId id, DecidedTrace then) throws Exception {
        long hash = IdFilter.hash(id);
        all.add(hash, then.expires());
        slices.put(id, hash, then);
    }

    /**
     * Remembers what late spans made of a decision.
     *
     * @param before as it was
     * @param then with the same expiry
     * @return whether these are its first; the caller must then set a timer for {@code
     *     then.expires()}, and remove the trace when it fires
     */
    public boolean update(TraceId id, DecidedTrace before, DecidedTrace then) throws Exception {
        boolean first = before.record().lateSpans() == 0;
        if (first) {
            own.add(IdFilter.hash(id), then.expires());
        }
        backend.setCurrentKey(id);
        ownValue.update(then);
        return first;
    }

    /**
     * Forgets a decision, perhaps before its slice is over. What its block says of it is taken
     * back, lest spans behind the watermark find it there without those that followed it.
     */
    public void remove(TraceId id, DecidedTrace was) throws Exception {
        long hash = IdFilter.hash(id);
        if (own.mayContain(hash)) {
            backend.setCurrentKey(id);
            ownValue.clear();
        }
        slices.remove(id, hash, was.expires());
    }

    /**
     * Whether slices that were over already got traces since this was last asked. The watermark
     * must then be advanced once more, or they stay until the next; after the last there is none.
     */
    public boolean takeOverdue() {
        return slices.takeOverdue();
    }

    /** Frees the memory of what is over; must be called when no timer is left up to a watermark. */
    public void dropUntil(long watermark) {
        slices.dropUntil(watermark);
        all.dropUntil(watermark);
        own.dropUntil(watermark);
        measure();
    }

    /**
     * Writes what is in memory only. Must be called before each snapshot of state; changes the
     * current key.
     */
    public void beforeSnapshot() throws Exception {
        slices.write();
    }

    /** Others ask in threads of their own. */
    private void measure() {
        count = slices.count();
        filterBytes = slices.filterBytes() + all.bytes() + own.bytes();
    }

    /** How many decisions are in slices, as of the last watermark. */
    public long count() {
        return count;
    }

    /** What the filters take, as of the last watermark. */
    public long filterBytes() {
        return filterBytes;
    }
}
