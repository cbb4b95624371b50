package io.tailrace.operators.pairing;

import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

import io.tailrace.operators.pairing.waiting.PairListener;
import io.tailrace.operators.pairing.waiting.Side;
import io.tailrace.operators.pairing.waiting.SideBlock;
import io.tailrace.operators.pairing.waiting.WaitingSides;
import io.tailrace.operators.span.TraceId;
import io.tailrace.operators.state.SnapshotPace;

import java.time.Duration;

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
public final class SpanPairing extends AbstractStreamOperator<Call>
        implements OneInputStreamOperator<SideBlock, Call> {

    private static final long serialVersionUID = 2L;

    private final Duration wait;
    private final int maxSides;
    private final long budget;

    private transient CallPayload payload;
    private transient PairingMetrics counts;
    private transient WaitingSides waiting;
    private transient Side side;
    private transient SnapshotPace pace;

    /** The watermark. */
    private transient long latest;

    /**
     * @param wait how long a side waits for the other one
     * @param maxSides how many may wait in one trace, 1 or more
     * @param budget how many bytes of memory those that wait may take
     */
    public SpanPairing(Duration wait, int maxSides, long budget) {
        this.wait = wait;
        this.maxSides = maxSides;
        this.budget = budget;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        payload = new CallPayload();
        side = new Side();
        MetricGroup group = getMetricGroup().addGroup("tailrace");
        counts = new PairingMetrics(group);
        KeyedStateBackend<TraceId> backend = getKeyedStateBackend();
        waiting =
                new WaitingSides(
                        backend,
                        getRuntimeContext().getTaskInfo(),
                        wait,
                        maxSides,
                        budget,
                        // They have durations.
                        false,
                        new Calls(),
                        group);
        pace =
                SnapshotPace.of(
                        getContainingTask().getEnvironment().getJobConfiguration(),
                        getProcessingTimeService().getCurrentProcessingTime());
        latest = Long.MIN_VALUE;
        if (context.isRestored()) {
            waiting.restore();
        }
    }

    /** Sides touch no keyed state: whoever does sets the key. */
    @Override
    @SuppressWarnings("rawtypes") // as the engine declares it
    public void setKeyContextElement1(StreamRecord element) {}

    @Override
    public void processElement(StreamRecord<SideBlock> element) throws Exception {
        element.getValue().forEach(side, this::take);
    }

    private void take(Side arrived) throws Exception {
        if (!arrived.calls() && arrived.callId() == 0) {
            emit(Call.byUser(payload.read(arrived)));
        } else {
            waiting.add(arrived);
        }
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        long watermark = mark.getTimestamp();
        waiting.advance(watermark);
        long now = getProcessingTimeService().getCurrentProcessingTime();
        if (pace.isSoon(now, watermark)) {
            waiting.writeAhead(pace.watermarkAtNext(now, watermark));
        }
        latest = watermark;
        super.processWatermark(mark);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        pace.snapshot(getProcessingTimeService().getCurrentProcessingTime(), latest);
        waiting.beforeSnapshot();
    }

    private void emit(Call call) {
        counts.made(call);
        output.collect(new StreamRecord<>(call, call.arrival()));
    }

    /** Makes calls of what became of sides. */
    private final class Calls implements PairListener {
        @Override
        public void paired(Side caller, Side callee) {
            emit(Call.paired(payload.read(caller), payload.read(callee)));
        }

        @Override
        public void alone(Side alone) {
            SpanSide told = payload.read(alone);
            Call call = told.kind().calls() ? Call.ofCaller(told) : null;
            if (call == null) {
                counts.unpaired(told);
            } else {
                emit(call);
            }
        }

        @Override
        public void duplicate(Side again) {
            counts.duplicate();
        }

        @Override
        public void aboveLimit(Side above) {
            counts.aboveLimit(payload.read(above));
        }
    }
}
