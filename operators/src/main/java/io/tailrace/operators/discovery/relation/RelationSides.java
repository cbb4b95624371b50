package io.tailrace.operators.discovery.relation;

import io.tailrace.operators.discovery.DiscoverySide;
import io.tailrace.operators.pairing.waiting.Side;
import io.tailrace.operators.pairing.waiting.SideBatches;
import io.tailrace.operators.pairing.waiting.SideBlock;

import java.util.function.Consumer;

/**
 * Makes sides of what is told of spans, by which {@link RelationPairing} joins them. A span is
 *
 * <ul>
 *   <li>a caller of all whose parent it is, and of all that link to it;
 *   <li>a callee of its parent, if that makes a relation: it was called from elsewhere, or names a
 *       peer; and of each span that it links to;
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

    public void add(DiscoverySide side) {
        int length = write(side);
        if (side.link()) {
            add(Side.CALLEE, side.parentSpanId(), side, length);
            return;
        }
        add(Side.CALLER, side.spanId(), side, length);
        if (side.parentSpanId() != 0 && (JoinedSpan.isCalled(side.kind()) || side.namesPeer())) {
            add(Side.CALLEE, side.parentSpanId(), side, length);
        }
        if (RootEndpoints.mayBegin(side.kind())) {
            add(Side.CALLEE, RootEndpoints.CALL, side, length);
        }
    }

    private int write(DiscoverySide side) {
        int length = JoinedSpan.HEAD + side.encoded().length;
        if (payload.length < length) {
            payload = new byte[2 * length];
        }
        JoinedSpan.write(side, payload);
        return length;
    }

    private void add(int role, long callId, DiscoverySide side, int length) {
        batches.add(
                role,
                side.traceId().high(),
                side.traceId().low(),
                callId,
                side.spanId(),
                side.arrival(),
                payload,
                0,
                length);
    }

    /** Hands on all. */
    public void handOn() {
        batches.handOn();
    }
}
