package io.tailrace.jobs.testing;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.tailrace.plain.PlainRequest;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Traffic that is written down call by call; each call is a trace and a request of its own. No two
 * spans have the same id, whoever made them: a job takes the second for the first, come again, as
 * long as that one still waits.
 */
public final class MadeTraffic {

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final AtomicLong IDS = new AtomicLong();

    private final List<PlainRequest> requests = new ArrayList<>();
    private final String application;

    /**
     * @param application the name of that which services belong to, unless a call says otherwise
     */
    public MadeTraffic(String application) {
        this.application = application;
    }

    /** A service calls an endpoint of another, which asks its database. */
    public void call(long arrival, String caller, String callee, String endpoint) {
        call(application, arrival, caller, callee, endpoint);
    }

    /** The same in another application. */
    public void call(
            String application, long arrival, String caller, String callee, String endpoint) {
        ByteString trace = id(16);
        Span client = span(trace, null, endpoint, SpanKind.SPAN_KIND_CLIENT, arrival);
        Span server = span(trace, client, endpoint, SpanKind.SPAN_KIND_SERVER, arrival);
        Span query =
                span(trace, server, "SELECT " + callee, SpanKind.SPAN_KIND_CLIENT, arrival)
                        .toBuilder()
                        .addAttributes(attribute("db.system", "mysql"))
                        .addAttributes(attribute("net.peer.name", callee + "-db"))
                        .build();
        add(
                arrival,
                ExportTraceServiceRequest.newBuilder()
                        .addResourceSpans(spans(application, caller, client))
                        .addResourceSpans(spans(application, callee, server, query))
                        .build());
    }

    /** So many traces of one span each, in one request, whose names nothing else has. */
    public void names(long arrival, String service, int count) {
        Span[] all = new Span[count];
        for (int i = 0; i < count; i++) {
            String name = "GET /" + service + "/" + IDS;
            all[i] = span(id(16), null, name, SpanKind.SPAN_KIND_SERVER, arrival);
        }
        add(
                arrival,
                ExportTraceServiceRequest.newBuilder()
                        .addResourceSpans(spans(application, service, all))
                        .build());
    }

    /** Shows nothing, but that it is so late. */
    public static PlainRequest tick(long arrival) {
        return new PlainRequest(arrival, ExportTraceServiceRequest.getDefaultInstance());
    }

    public void add(long arrival, ExportTraceServiceRequest request) {
        requests.add(new PlainRequest(arrival, request));
    }

    public Traffic traffic() {
        return new Traffic(List.copyOf(requests));
    }

    private ResourceSpans spans(String application, String service, Span... spans) {
        ResourceSpans.Builder all =
                ResourceSpans.newBuilder()
                        .setResource(
                                Resource.newBuilder()
                                        .addAttributes(attribute("app_name", application))
                                        .addAttributes(attribute("service.name", service))
                                        .addAttributes(
                                                attribute("service.instance.id", service + "-1"))
                                        .addAttributes(attribute("host.ip", "ip of " + service))
                                        .addAttributes(attribute("telemetry.sdk.language", "java"))
                                        .addAttributes(
                                                attribute("telemetry.sdk.name", "opentelemetry")));
        all.addScopeSpansBuilder().addAllSpans(List.of(spans));
        return all.build();
    }

    /**
     * @param parent null for none
     */
    private Span span(ByteString trace, Span parent, String name, SpanKind kind, long arrival) {
        Span.Builder span =
                Span.newBuilder()
                        .setTraceId(trace)
                        .setSpanId(id(8))
                        .setName(name)
                        .setKind(kind)
                        .setStartTimeUnixNano((arrival - 100) * NANOS_PER_MILLI + IDS.get())
                        .setEndTimeUnixNano(arrival * NANOS_PER_MILLI);
        return parent == null ? span.build() : span.setParentSpanId(parent.getSpanId()).build();
    }

    private ByteString id(int bytes) {
        return ByteString.copyFrom(
                ByteBuffer.allocate(bytes).putLong(bytes - 8, IDS.incrementAndGet()).array());
    }

    private static KeyValue attribute(String key, String value) {
        KeyValue.Builder attribute = KeyValue.newBuilder().setKey(key);
        attribute.getValueBuilder().setStringValue(value);
        return attribute.build();
    }
}
