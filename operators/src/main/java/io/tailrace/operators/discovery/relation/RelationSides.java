package io.tailrace.operators.discovery.relation;

import io.tailrace.operators.discovery.Participant;
import io.tailrace.operators.pairing.waiting.Side;
import io.tailrace.operators.pairing.waiting.SideBatches;
import io.tailrace.operators.pairing.waiting.SideBlock;
import io.tailrace.operators.span.wire.LinkView;
import io.tailrace.operators.span.wire.SpanView;

import java.util.function.Consumer;

/**
 * Makes sides of spans of services, by which {@link RelationPairing} joins them. A span is
 *
 * <ul>
 *   <li>a caller of all whose parent it is, and of all that link to it;
 *   <li>a callee of its parent, if that makes a relation: it was called from elsewhere, or names a
 *       remote service; and of each span that it links to;
 *   <li>a callee of its trace as a whole, if that may begin with it.
 * </ul>
 *
 * <p>What waits must be handed on before each barrier, before each watermark, and at the end. For
 * one thread.
 */
public final class RelationSides {

    private final SideBatches batches;
    private byte[] payload = new byte[256];

    /**
     * @param maxParallelism of the operator that joins them
     */
    public RelationSides(int maxParallelism, Consumer<SideBlock> out) {
        batches = new SideBatches(maxParallelism, out);
    }

    /**
     * @param participant as {@link Participant#encoded} writes it
     */
    public void add(SpanView span, long arrival, byte[] participant) {
        int length = JoinedSpan.HEAD + participant.length;
        if (payload.length < length) {
            payload = new byte[2 * length];
        }
        JoinedSpan.write(false, span, participant, payload);
        long high = span.traceIdHigh();
        long low = span.traceIdLow();
        add(Side.CALLER, high, low, span.spanId(), span, arrival, length);
        if (!span.isRoot()
                && (JoinedSpan.isCalled(span.kind()) || Participant.namesPeer(participant))) {
            add(Side.CALLEE, high, low, span.parentSpanId(), span, arrival, length);
        }
        if (JoinedSpan.mayBeginTrace(span.kind())) {
            add(Side.CALLEE, high, low, RootEndpoints.CALL, span, arrival, length);
        }
        if (span.linkCount() > 0) {
            JoinedSpan.write(true, span, participant, payload);
            for (int i = 0; i < span.linkCount(); i++) {
                LinkView link = span.link(i);
                if (link.hasIds()) {
                    add(
                            Side.CALLEE,
                            link.traceIdHigh(),
                            link.traceIdLow(),
                            link.spanId(),
                            span,
                            arrival,
                            length);
                }
            }
        }
    }

    private void add(
            int role, long high, long low, long callId, SpanView span, long arrival, int length) {
        batches.add(role, high, low, callId, span.spanId(), arrival, payload, 0, length);
    }

    /** Hands on all. */
    public void handOn() {
        batches.handOn();
    }
}
