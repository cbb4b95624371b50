package io.tailrace.operators.pairing;

import io.tailrace.operators.application.Application;
import io.tailrace.operators.metrics.ServiceGraphSettings;
import io.tailrace.operators.pairing.waiting.Side;
import io.tailrace.operators.pairing.waiting.SideBatches;
import io.tailrace.operators.span.semconv.AttributeText;
import io.tailrace.operators.span.wire.AdjustedCount;
import io.tailrace.operators.span.wire.Attributes;
import io.tailrace.operators.span.wire.SpanView;
import io.tailrace.operators.span.wire.Utf8Builder;

import java.util.List;

/**
 * Makes sides of calls of the spans that go by: of those of a service, and of the kinds client,
 * server, producer and consumer. They are bytes from the first, in the form of {@link CallPayload},
 * and make no objects. For one thread.
 */
public final class SpanSides {

    private static final int ERROR = 2;

    /** By OTLP's number; those without one are no side of a call. */
    private static final SpanSide.Kind[] KINDS = {
        null,
        null,
        SpanSide.Kind.SERVER,
        SpanSide.Kind.CLIENT,
        SpanSide.Kind.PRODUCER,
        SpanSide.Kind.CONSUMER
    };

    private final AttributeText[] databaseName;
    private final AttributeText[] peerName;
    private final int maxValueBytes;
    private final SideBatches out;
    private final AdjustedCount adjustedCount = new AdjustedCount();
    private final Utf8Builder text = new Utf8Builder();
    private final CallPayload payload = new CallPayload();
    private boolean ofService;

    /**
     * @param maxValueBytes longer names are cut, in UTF-8
     * @param out gets what is made
     */
    public SpanSides(ServiceGraphSettings settings, int maxValueBytes, SideBatches out) {
        databaseName = texts(settings.databaseNameAttributes());
        peerName = texts(settings.virtualNodePeerAttributes());
        this.maxValueBytes = maxValueBytes;
        this.out = out;
    }

    private static AttributeText[] texts(List<String> attributes) {
        return attributes.stream().map(AttributeText::new).toArray(AttributeText[]::new);
    }

    /**
     * Of the spans that follow.
     *
     * @param key what the service's name, which may be empty, is within
     */
    public void resource(Application application, Utf8Builder key, int from, int to) {
        ofService = to > from;
        if (ofService) {
            payload.origin(application, key.bytes(), from, to);
        }
    }

    public void span(SpanView span, long arrival) {
        int number = span.kind();
        SpanSide.Kind kind = number >= 0 && number < KINDS.length ? KINDS[number] : null;
        if (kind == null || !ofService) {
            return;
        }
        payload.begin(
                kind,
                span.statusCode() == ERROR,
                span.startUnixNano(),
                span.endUnixNano(),
                adjustedCount.of(span));
        if (kind.calls()) {
            Attributes attributes = span.attributes();
            if (has(databaseName, attributes)) {
                payload.database(text.bytes(), 0, text.length());
            } else if (has(peerName, attributes)) {
                payload.peer(text.bytes(), 0, text.length());
            }
        }
        out.add(
                kind.calls() ? Side.CALLER : Side.CALLEE,
                span.traceIdHigh(),
                span.traceIdLow(),
                callId(kind, span),
                span.spanId(),
                arrival,
                payload.bytes(),
                0,
                payload.length());
    }

    private static long callId(SpanSide.Kind kind, SpanView span) {
        if (kind.calls()) {
            return span.spanId();
        }
        return span.isRoot() ? 0 : span.parentSpanId();
    }

    /** Whether it has one of them, of which the first one's text is then at hand. */
    private boolean has(AttributeText[] wanted, Attributes attributes) {
        text.clear();
        for (AttributeText each : wanted) {
            each.appendTo(attributes, text);
            if (text.length() > 0) {
                text.cut(0, maxValueBytes);
                return true;
            }
        }
        return false;
    }
}
