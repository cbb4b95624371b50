package io.tailrace.operators.pairing;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

import io.tailrace.operators.span.TraceId;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds the calls in a trace: a client or producer span and the server or consumer span whose
 * parent it is. A producer may have many consumers, and a client that tried again several servers:
 * each is a call. A call is handed on as soon as both sides are there, and two sides are of one
 * call only where they arrive no further apart than the wait; so it does not matter in which order
 * they come, or how fast.
 *
 * <p>A side whose wait is over, that is event time has passed its arrival by that, is told by
 * itself:
 *
 * <ul>
 *   <li>a caller that names a database, or else a peer, has called that. It waits for a real server
 *       too, for databases can be traced themselves;
 *   <li>a root that was called was called by the user; that is known at once;
 *   <li>any other is unpaired, and counted by service.
 * </ul>
 *
 * <p>In a trace of which too many wait, one that finds no other side is told by itself at once.
 */
public final class SpanPairing extends KeyedProcessFunction<TraceId, SpanSide, Call> {

    private static final long serialVersionUID = 1L;

    /** Further than any clock goes, so that nothing waits longer than to the end of time. */
    private static final long LATEST = Long.MAX_VALUE / 2;

    private final long waitMillis;
    private final int maxSides;

    private transient MapState<Long, WaitingSides> waiting;
    private transient ValueState<WaitingTrace> trace;
    private transient PairingMetrics metrics;

    /**
     * @param wait how long a side waits for the other one
     * @param maxSides how many may wait in one trace, 1 or more
     */
    public SpanPairing(Duration wait, int maxSides) {
        this.waitMillis = wait.toMillis();
        this.maxSides = maxSides;
    }

    @Override
    public void open(OpenContext context) {
        waiting =
                getRuntimeContext()
                        .getMapState(
                                new MapStateDescriptor<>(
                                        "waiting-sides", Types.LONG, WaitingSides.TYPE));
        trace =
                getRuntimeContext()
                        .getState(new ValueStateDescriptor<>("waiting-trace", WaitingTrace.TYPE));
        metrics = new PairingMetrics(getRuntimeContext().getMetricGroup());
    }

    @Override
    public void processElement(SpanSide side, Context context, Collector<Call> out)
            throws Exception {
        if (!side.kind().calls() && side.root()) {
            emit(Call.byUser(side), out);
            return;
        }
        WaitingSides known = waiting.get(side.callId());
        WaitingSides before = known == null ? WaitingSides.NONE : known;
        if (before.has(side)) {
            metrics.duplicate();
            return;
        }
        WaitingTrace state = trace.value();
        int sides = state == null ? 0 : state.sides();
        WaitingSides after = before.with(side, waitMillis, call -> emit(call, out));
        int sidesAfter = sides - before.size() + after.size();
        if (sidesAfter > sides && sides >= maxSides) {
            metrics.aboveLimit(side);
            alone(side, out);
            return;
        }
        if (after.size() > 0) {
            waiting.put(side.callId(), after);
        } else if (known != null) {
            waiting.remove(side.callId());
        }
        wait(state, sidesAfter, deadline(side.arrival()), context.timerService());
    }

    private long deadline(long arrival) {
        return Math.min(arrival, LATEST) + waitMillis;
    }

    /** Notes how many wait, and sees to it that the timer is not later than a deadline. */
    private void wait(WaitingTrace before, int sides, long deadline, TimerService timers)
            throws Exception {
        if (sides == 0) {
            if (before != null) {
                timers.deleteEventTimeTimer(before.timer());
                trace.clear();
            }
            return;
        }
        long timer = before == null ? deadline : Math.min(before.timer(), deadline);
        if (before == null || before.timer() != timer) {
            if (before != null) {
                timers.deleteEventTimeTimer(before.timer());
            }
            timers.registerEventTimeTimer(timer);
        }
        if (before == null || before.sides() != sides || before.timer() != timer) {
            trace.update(new WaitingTrace(sides, timer));
        }
    }

    private void emit(Call call, Collector<Call> out) {
        metrics.made(call);
        out.collect(call);
    }

    /** Tells what there is to tell of a side that found no other. */
    private void alone(SpanSide side, Collector<Call> out) {
        Call call = side.kind().calls() ? Call.ofCaller(side) : null;
        if (call == null) {
            metrics.unpaired(side);
        } else {
            emit(call, out);
        }
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<Call> out) throws Exception {
        long latest = time >= LATEST ? Long.MAX_VALUE : time - waitMillis;
        Map<Long, WaitingSides> changed = new TreeMap<>();
        List<SpanSide> alone = new ArrayList<>();
        int sides = 0;
        long earliest = Long.MAX_VALUE;
        for (Map.Entry<Long, WaitingSides> each : waiting.entries()) {
            WaitingSides before = each.getValue();
            WaitingSides after = before.after(latest, alone::add);
            if (after.size() < before.size()) {
                changed.put(each.getKey(), after);
            }
            sides += after.size();
            earliest = Math.min(earliest, after.earliestArrival());
        }
        for (Map.Entry<Long, WaitingSides> each : changed.entrySet()) {
            if (each.getValue().size() == 0) {
                waiting.remove(each.getKey());
            } else {
                waiting.put(each.getKey(), each.getValue());
            }
        }
        alone.sort(Comparator.comparingLong(SpanSide::arrival).thenComparing(SpanSide::spanId));
        alone.forEach(side -> alone(side, out));
        trace.clear();
        wait(null, sides, deadline(earliest), context.timerService());
    }
}
