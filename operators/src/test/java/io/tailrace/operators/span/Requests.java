package io.tailrace.operators.span;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;

import java.nio.ByteBuffer;
import java.util.List;

/** Small requests by hand. */
public final class Requests {

    private Requests() {}

    /** A root of no length. */
    public static Span.Builder span(TraceId traceId, long spanId) {
        return Span.newBuilder()
                .setTraceId(
                        ByteString.copyFrom(
                                ByteBuffer.allocate(16)
                                        .putLong(traceId.high())
                                        .putLong(traceId.low())
                                        .flip()))
                .setSpanId(id(spanId));
    }

    public static Span.Builder child(TraceId traceId, long spanId) {
        return span(traceId, spanId).setParentSpanId(id(Long.MAX_VALUE));
    }

    private static ByteString id(long id) {
        return ByteString.copyFrom(ByteBuffer.allocate(8).putLong(id).flip());
    }

    public static KeyValue attribute(String key, String value) {
        return attribute(key, AnyValue.newBuilder().setStringValue(value));
    }

    public static KeyValue attribute(String key, long value) {
        return attribute(key, AnyValue.newBuilder().setIntValue(value));
    }

    public static KeyValue attribute(String key, AnyValue.Builder value) {
        return KeyValue.newBuilder().setKey(key).setValue(value).build();
    }

    public static Resource service(String name) {
        return Resource.newBuilder().addAttributes(attribute("service.name", name)).build();
    }

    public static ExportTraceServiceRequest of(Resource resource, Span... spans) {
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(
                        ResourceSpans.newBuilder()
                                .setResource(resource)
                                .addScopeSpans(ScopeSpans.newBuilder().addAllSpans(List.of(spans))))
                .build();
    }

    public static ExportTraceServiceRequest of(Span... spans) {
        return of(service("shop"), spans);
    }
}
