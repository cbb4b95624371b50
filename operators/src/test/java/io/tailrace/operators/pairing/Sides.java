package io.tailrace.operators.pairing;

import io.tailrace.operators.application.Application;
import io.tailrace.operators.pairing.SpanSide.Kind;
import io.tailrace.operators.pairing.waiting.Side;
import io.tailrace.operators.pairing.waiting.SideBatches;
import io.tailrace.operators.pairing.waiting.SideBlock;
import io.tailrace.operators.span.TraceId;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Makes sides of calls. */
public final class Sides {

    private static final Application SHOP = new Application(2, "shop");

    private Sides() {}

    /** Of a span of 5 ms that ended when it arrived. */
    public static SpanSide side(
            long trace, Kind kind, long spanId, long parent, String service, long arrival) {
        return side(trace, kind, spanId, parent, service, arrival, null, null);
    }

    public static SpanSide side(
            long trace,
            Kind kind,
            long spanId,
            long parent,
            String service,
            long arrival,
            String database,
            String peer) {
        return new SpanSide(
                new TraceId(7, trace),
                spanId,
                kind.calls() ? spanId : parent,
                kind,
                SHOP,
                service,
                arrival * 1_000_000 - 5_000_000,
                arrival * 1_000_000,
                false,
                arrival,
                1,
                database,
                peer);
    }

    /** Of so many microseconds, that ended then, failed or not, and stands for so many. */
    public static SpanSide lasting(
            SpanSide side, long micros, long endMillis, boolean error, long times) {
        return new SpanSide(
                side.traceId(),
                side.spanId(),
                side.callId(),
                side.kind(),
                side.application(),
                side.service(),
                (endMillis * 1000 - micros) * 1000,
                endMillis * 1_000_000,
                error,
                side.arrival(),
                times,
                side.databaseName(),
                side.peerName());
    }

    /** As they are sent to an operator that has so many key groups. */
    public static List<SideBlock> blocks(int maxParallelism, SpanSide... sides) {
        List<SideBlock> blocks = new ArrayList<>();
        SideBatches batches = new SideBatches(maxParallelism, blocks::add);
        CallPayload payload = new CallPayload();
        for (SpanSide side : sides) {
            byte[] service = side.service().getBytes(StandardCharsets.UTF_8);
            payload.origin(side.application(), service, 0, service.length);
            payload.begin(
                    side.kind(),
                    side.error(),
                    side.startUnixNano(),
                    side.endUnixNano(),
                    side.times());
            if (side.databaseName() != null) {
                byte[] name = side.databaseName().getBytes(StandardCharsets.UTF_8);
                payload.database(name, 0, name.length);
            }
            if (side.peerName() != null) {
                byte[] name = side.peerName().getBytes(StandardCharsets.UTF_8);
                payload.peer(name, 0, name.length);
            }
            batches.add(
                    side.kind().calls() ? Side.CALLER : Side.CALLEE,
                    side.traceId().high(),
                    side.traceId().low(),
                    side.callId(),
                    side.spanId(),
                    side.arrival(),
                    payload.bytes(),
                    0,
                    payload.length());
        }
        batches.handOn();
        return blocks;
    }

    /** What was sent. */
    public static List<SpanSide> read(List<SideBlock> blocks) throws Exception {
        List<SpanSide> sides = new ArrayList<>();
        CallPayload payload = new CallPayload();
        for (SideBlock block : blocks) {
            block.forEach(new Side(), side -> sides.add(payload.read(side)));
        }
        return sides;
    }
}
