package io.tailrace.operators.pairing;

import io.tailrace.operators.application.Application;
import io.tailrace.operators.metrics.ServiceGraphSettings;
import io.tailrace.operators.span.TraceId;
import io.tailrace.operators.span.semconv.AttributeText;
import io.tailrace.operators.span.wire.AdjustedCount;
import io.tailrace.operators.span.wire.Attributes;
import io.tailrace.operators.span.wire.RecentTexts;
import io.tailrace.operators.span.wire.SpanView;
import io.tailrace.operators.span.wire.Utf8Builder;

import java.util.List;
import java.util.function.Consumer;

/**
 * Makes sides of calls of the spans that go by: of those of a service, and of the kinds client,
 * server, producer and consumer. For one thread.
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

    private final List<AttributeText> messagingSystem =
            List.of(new AttributeText("messaging.system"));
    private final List<AttributeText> databaseName;
    private final List<AttributeText> peerName;
    private final int maxValueBytes;
    private final Consumer<SpanSide> out;
    private final AdjustedCount adjustedCount = new AdjustedCount();
    private final Utf8Builder text = new Utf8Builder();
    private final RecentTexts texts = new RecentTexts();
    private Application application;
    private String service = "";

    /**
     * @param maxValueBytes longer names are cut, in UTF-8
     * @param out gets what is made
     */
    public SpanSides(ServiceGraphSettings settings, int maxValueBytes, Consumer<SpanSide> out) {
        databaseName = settings.databaseNameAttributes().stream().map(AttributeText::new).toList();
        peerName = settings.virtualNodePeerAttributes().stream().map(AttributeText::new).toList();
        this.maxValueBytes = maxValueBytes;
        this.out = out;
    }

    /**
     * Of the spans that follow.
     *
     * @param key what the service's name, which may be empty, is within
     */
    public void resource(Application itsApplication, Utf8Builder key, int from, int to) {
        application = itsApplication;
        service = texts.of(key, from, to);
    }

    public void span(SpanView span, long arrival) {
        int number = span.kind();
        SpanSide.Kind kind = number >= 0 && number < KINDS.length ? KINDS[number] : null;
        if (kind == null || service.isEmpty()) {
            return;
        }
        Attributes attributes = span.attributes();
        out.accept(
                new SpanSide(
                        new TraceId(span.traceIdHigh(), span.traceIdLow()),
                        span.spanId(),
                        span.isRoot() ? 0 : span.parentSpanId(),
                        kind,
                        application,
                        service,
                        name(span),
                        span.startUnixNano(),
                        span.endUnixNano(),
                        span.statusCode() == ERROR,
                        arrival,
                        adjustedCount.of(span),
                        first(messagingSystem, attributes),
                        kind.calls() ? first(databaseName, attributes) : null,
                        kind.calls() ? first(peerName, attributes) : null));
    }

    private String name(SpanView span) {
        text.clear();
        span.appendNameTo(text);
        return remembered();
    }

    /** Null where it has none of them. */
    private String first(List<AttributeText> wanted, Attributes attributes) {
        text.clear();
        for (int i = 0; i < wanted.size(); i++) {
            wanted.get(i).appendTo(attributes, text);
            if (text.length() > 0) {
                return remembered();
            }
        }
        return null;
    }

    private String remembered() {
        text.cut(0, maxValueBytes);
        return texts.of(text, 0, text.length());
    }
}
