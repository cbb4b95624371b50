package io.tailrace.operators.discovery.local;

import io.tailrace.operators.discovery.DiscoverySide;
import io.tailrace.operators.span.TraceId;
import io.tailrace.operators.span.wire.LinkView;
import io.tailrace.operators.span.wire.SpanView;

import java.util.function.Consumer;

/** Tells of a span in its own trace, and in each trace that it links to. For one thread. */
final class SpanSides {

    private static final int MOST_KIND = 5;

    private final Consumer<DiscoverySide> out;

    SpanSides(Consumer<DiscoverySide> out) {
        this.out = out;
    }

    void add(SpanView span, long arrival, byte[] participant) {
        out.accept(
                side(
                        new TraceId(span.traceIdHigh(), span.traceIdLow()),
                        false,
                        span,
                        span.parentSpanId(),
                        arrival,
                        participant));
        for (int i = 0; i < span.linkCount(); i++) {
            LinkView link = span.link(i);
            if (link.hasIds()) {
                out.accept(
                        side(
                                new TraceId(link.traceIdHigh(), link.traceIdLow()),
                                true,
                                span,
                                link.spanId(),
                                arrival,
                                participant));
            }
        }
    }

    private static DiscoverySide side(
            TraceId trace,
            boolean link,
            SpanView span,
            long parent,
            long arrival,
            byte[] participant) {
        int kind = span.kind();
        return new DiscoverySide(
                trace,
                link,
                span.spanId(),
                parent,
                kind >= 0 && kind <= MOST_KIND ? kind : 0,
                span.startUnixNano(),
                arrival,
                participant);
    }
}
