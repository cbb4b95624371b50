package io.tailrace.operators.pairing;

import io.tailrace.operators.application.Application;
import io.tailrace.operators.pairing.SpanSide.Kind;
import io.tailrace.operators.span.TraceId;

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
                parent,
                kind,
                SHOP,
                service,
                "span" + spanId,
                arrival * 1_000_000 - 5_000_000,
                arrival * 1_000_000,
                false,
                arrival,
                1,
                null,
                database,
                peer);
    }

    /** Of so many microseconds, that ended then, failed or not, and stands for so many. */
    public static SpanSide lasting(
            SpanSide side, long micros, long endMillis, boolean error, long times) {
        return new SpanSide(
                side.traceId(),
                side.spanId(),
                side.parentSpanId(),
                side.kind(),
                side.application(),
                side.service(),
                side.name(),
                (endMillis * 1000 - micros) * 1000,
                endMillis * 1_000_000,
                error,
                side.arrival(),
                times,
                side.messagingSystem(),
                side.databaseName(),
                side.peerName());
    }
}
