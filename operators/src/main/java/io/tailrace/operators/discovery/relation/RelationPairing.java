package io.tailrace.operators.discovery.relation;

import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

import io.tailrace.operators.discovery.DiscoverySettings;
import io.tailrace.operators.discovery.NodeKind;
import io.tailrace.operators.discovery.Relation;
import io.tailrace.operators.discovery.RemoteServiceRelation;
import io.tailrace.operators.discovery.Sighting;
import io.tailrace.operators.pairing.waiting.PairListener;
import io.tailrace.operators.pairing.waiting.Side;
import io.tailrace.operators.pairing.waiting.SideBlock;
import io.tailrace.operators.pairing.waiting.WaitingSides;
import io.tailrace.operators.span.TraceId;

/**
 * Finds what only several spans show: who calls whom, within which endpoint a remote service is
 * called, and where traces begin. Spans are joined by trace, where they arrive no further apart
 * than {@code pairing_wait}, in whatever order.
 *
 * <ul>
 *   <li>A client or producer span and a server or consumer span whose parent it is: an edge from
 *       service to service. Where messages go through a broker that the producer names, it begins
 *       at the broker; the edge to the broker is told by the producer alone.
 *   <li>A span and one that links to it: an edge of the same kind, always asynchronous.
 *   <li>A span that names a peer, and its parent, whatever that is: the remote service is called
 *       within the parent's endpoint.
 * </ul>
 *
 * <p>A relation is seen when the later of both arrives. An edge is the caller's application's; what
 * calls a remote service, that of the span that names it.
 */
public final class RelationPairing extends AbstractStreamOperator<Sighting>
        implements OneInputStreamOperator<SideBlock, Sighting> {

    private static final long serialVersionUID = 1L;

    /** A span may be a caller, a callee and the begin of its trace. */
    private static final int SIDES_OF_A_SPAN = 3;

    private final DiscoverySettings settings;

    private transient RelationMetrics told;
    private transient RecentParticipants participants;
    private transient RootEndpoints roots;
    private transient WaitingSides waiting;

    /** Whether what is told has waited, or may not wait. */
    private transient boolean advancing;

    public RelationPairing(DiscoverySettings settings) {
        this.settings = settings;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        MetricGroup group = getMetricGroup().addGroup("tailrace");
        told = new RelationMetrics(group);
        participants = new RecentParticipants();
        roots = new RootEndpoints(settings.pairingWait().toMillis(), this::emit);
        KeyedStateBackend<TraceId> backend = getKeyedStateBackend();
        waiting =
                new WaitingSides(
                        backend,
                        getRuntimeContext().getTaskInfo(),
                        settings.pairingWait(),
                        (int)
                                Math.min(
                                        Integer.MAX_VALUE,
                                        (long) SIDES_OF_A_SPAN * settings.maxWaitingSpans()),
                        settings.residentBudget().bytes(),
                        true,
                        new Joins(),
                        group);
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
        waiting.add(element.getValue());
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        advancing = true;
        waiting.advance(mark.getTimestamp());
        advancing = false;
        roots.settle(mark.getTimestamp(), waiting);
        super.processWatermark(mark);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        waiting.beforeSnapshot();
    }

    private void emit(Sighting sighting) {
        told.found(sighting.item().entity());
        output.collect(new StreamRecord<>(sighting, sighting.lastSeen()));
    }

    private JoinedSpan read(Side one) {
        return JoinedSpan.read(one, participants);
    }

    private void join(JoinedSpan parent, JoinedSpan child, long arrival) {
        if (child.link() || parent.calls() && child.isCalled()) {
            boolean asynchronous = child.link() || parent.isMessaging() || child.isMessaging();
            emit(
                    new Sighting(
                            parent.who().application(),
                            new Relation(
                                    parent.from(),
                                    child.who().service(),
                                    asynchronous,
                                    NodeKind.SERVICE,
                                    child.who().serviceCategory()),
                            arrival,
                            arrival));
        }
        if (!child.link() && !child.who().remoteKey().isEmpty()) {
            emit(
                    new Sighting(
                            child.who().application(),
                            new RemoteServiceRelation(
                                    child.who().remoteKey(),
                                    parent.who().endpointName(),
                                    child.who().category()),
                            arrival,
                            arrival));
        }
    }

    /** Makes relations of what became of sides. */
    private final class Joins implements PairListener {
        @Override
        public void paired(Side caller, Side callee) {
            if (callee.callId() == RootEndpoints.CALL) {
                if (roots.isOpen()) {
                    roots.taken(callee, read(callee));
                }
            } else {
                join(read(caller), read(callee), Math.max(caller.arrival(), callee.arrival()));
            }
        }

        @Override
        public void alone(Side alone) {
            if (alone.calls()) {
                return;
            }
            if (alone.callId() != RootEndpoints.CALL) {
                told.withoutParent();
            } else if (advancing) {
                roots.over(alone, read(alone));
            }
        }

        @Override
        public void duplicate(Side again) {
            told.duplicate();
        }

        @Override
        public void aboveLimit(Side above) {
            told.aboveLimit();
        }
    }
}
