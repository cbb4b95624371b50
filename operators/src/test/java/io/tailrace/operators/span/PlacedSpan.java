package io.tailrace.operators.span;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A span and all that stands above it: where it is must be equal too, when spans move.
 *
 * @param under its resource, schema URL and unknown fields, without spans
 * @param within its scope, schema URL and unknown fields, without spans
 */
public record PlacedSpan(ResourceSpans under, ScopeSpans within, Span span) {

    public static List<PlacedSpan> of(ExportTraceServiceRequest request) {
        List<PlacedSpan> all = new ArrayList<>();
        for (ResourceSpans resource : request.getResourceSpansList()) {
            ResourceSpans under = resource.toBuilder().clearScopeSpans().build();
            for (ScopeSpans scope : resource.getScopeSpansList()) {
                ScopeSpans within = scope.toBuilder().clearSpans().build();
                scope.getSpansList().forEach(span -> all.add(new PlacedSpan(under, within, span)));
            }
        }
        return all;
    }

    public static List<PlacedSpan> of(byte[] request) {
        try {
            return of(ExportTraceServiceRequest.parseFrom(request));
        } catch (InvalidProtocolBufferException fault) {
            throw new AssertionError("Not a request that a parser reads", fault);
        }
    }

    /** A request with these spans, each under a resource and scope of its own. */
    public static ExportTraceServiceRequest request(List<PlacedSpan> spans) {
        ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
        for (PlacedSpan placed : spans) {
            request.addResourceSpans(
                    placed.under.toBuilder()
                            .addScopeSpans(placed.within.toBuilder().addSpans(placed.span)));
        }
        return request.build();
    }

    public TraceId traceId() {
        return traceId(span);
    }

    public static TraceId traceId(Span span) {
        ByteBuffer id = span.getTraceId().asReadOnlyByteBuffer();
        return new TraceId(id.getLong(), id.getLong());
    }
}
