package io.tailrace.operators.sampling.state;

import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

import io.tailrace.operators.span.TraceId;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Remembers decisions in the way of the sampler. An element is a decision at its time: what late
 * spans make of the one that is there, where that covers the time, else a new one. It hands on what
 * has a second record to tell, at the time it is told.
 */
final class RememberingOperator extends AbstractStreamOperator<DecidedTrace>
        implements OneInputStreamOperator<DecidedTrace, DecidedTrace>,
                Triggerable<TraceId, VoidNamespace> {

    private static final long serialVersionUID = 1L;

    /** Null in the way of the version before slices: a timer for each decision. */
    private final Duration memory;

    private transient DecidedTraces decisions;
    private transient ValueState<DecidedTrace> plain;
    private transient Map<TraceId, DecidedTrace> undecided;
    private transient InternalTimerService<VoidNamespace> timers;

    RememberingOperator(Duration memory) {
        this.memory = memory;
    }

    @Override
    public void open() throws Exception {
        super.open();
        undecided = new HashMap<>();
        timers = getInternalTimerService("trace-timers", VoidNamespaceSerializer.INSTANCE, this);
        if (memory == null) {
            plain =
                    getRuntimeContext()
                            .getState(
                                    new ValueStateDescriptor<>("decided-trace", DecidedTrace.TYPE));
        } else {
            decisions =
                    new DecidedTraces(
                            getKeyedStateBackend(),
                            getRuntimeContext().getTaskInfo(),
                            memory,
                            expiry ->
                                    getInternalTimerService(
                                            DecidedTraces.TIMERS, LongSerializer.INSTANCE, expiry));
            decisions.restore();
        }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        if (decisions != null) {
            decisions.beforeSnapshot();
        }
    }

    @Override
    public void processElement(StreamRecord<DecidedTrace> element) throws Exception {
        DecidedTrace then = element.getValue();
        DecidedTrace before = get(then.record().traceId());
        if (before != null && before.covers(element.getTimestamp())) {
            update(before, then);
        } else {
            decide(before, then);
        }
    }

    /** Makes a decision when the watermark comes to its deadline. */
    void decideLater(DecidedTrace then) {
        setCurrentKey(then.record().traceId());
        undecided.put(then.record().traceId(), then);
        timers.registerEventTimeTimer(VoidNamespace.INSTANCE, then.deadline());
    }

    DecidedTrace get(TraceId id) throws Exception {
        if (decisions != null) {
            return decisions.get(id);
        }
        setCurrentKey(id);
        return plain.value();
    }

    /** Whether nothing but memory is looked at for a trace. */
    boolean isKnownWithoutState(TraceId id) throws Exception {
        TraceId other = otherOfGroup(id);
        setCurrentKey(other);
        get(id);
        return getCurrentKey().equals(other);
    }

    private TraceId otherOfGroup(TraceId id) {
        int groups = getRuntimeContext().getTaskInfo().getMaxNumberOfParallelSubtasks();
        return LongStream.iterate(id.low() + 1, low -> low + 1)
                .mapToObj(low -> new TraceId(~id.high(), low))
                .filter(
                        other ->
                                KeyGroupRangeAssignment.assignToKeyGroup(other, groups)
                                        == KeyGroupRangeAssignment.assignToKeyGroup(id, groups))
                .findFirst()
                .orElseThrow();
    }

    private void decide(DecidedTrace before, DecidedTrace then) throws Exception {
        if (before != null) {
            timers.deleteEventTimeTimer(VoidNamespace.INSTANCE, before.expires());
            forget(before);
        }
        if (decisions != null) {
            decisions.put(then.record().traceId(), then);
        } else {
            plain.update(then);
            timers.registerEventTimeTimer(VoidNamespace.INSTANCE, then.expires());
        }
    }

    private void update(DecidedTrace before, DecidedTrace then) throws Exception {
        if (decisions == null) {
            plain.update(then);
        } else if (decisions.update(then.record().traceId(), before, then)) {
            setCurrentKey(then.record().traceId());
            timers.registerEventTimeTimer(VoidNamespace.INSTANCE, then.expires());
        }
    }

    private void forget(DecidedTrace decided) throws Exception {
        if (decided.isToBeTold()) {
            output.collect(new StreamRecord<>(decided, decided.expires()));
        }
        if (decisions != null) {
            decisions.remove(decided.record().traceId(), decided);
        } else {
            plain.clear();
        }
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        do {
            getTimeServiceManager().orElseThrow().advanceWatermark(mark);
        } while (decisions != null && decisions.takeOverdue());
        if (decisions != null) {
            decisions.dropUntil(mark.getTimestamp());
        }
        output.emitWatermark(mark);
    }

    @Override
    public void onEventTime(InternalTimer<TraceId, VoidNamespace> timer) throws Exception {
        DecidedTrace before = get(timer.getKey());
        if (before != null && before.expires() <= timer.getTimestamp()) {
            forget(before);
        }
        DecidedTrace then = undecided.remove(timer.getKey());
        if (then != null) {
            decide(get(timer.getKey()), then);
        }
    }

    @Override
    public void onProcessingTime(InternalTimer<TraceId, VoidNamespace> timer) {
        throw new IllegalStateException("No timers of processing time are set");
    }
}
