package io.tailrace.plain;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** A span with all that stands around it; equal only if all of that is. */
public record PlainSpan(
        Resource resource,
        String resourceSchema,
        InstrumentationScope scope,
        String scopeSchema,
        Span span) {

    /** The spans of a request in its order. */
    public static List<PlainSpan> of(ExportTraceServiceRequest request) {
        List<PlainSpan> spans = new ArrayList<>();
        for (ResourceSpans resource : request.getResourceSpansList()) {
            for (ScopeSpans scope : resource.getScopeSpansList()) {
                for (Span span : scope.getSpansList()) {
                    spans.add(
                            new PlainSpan(
                                    resource.getResource(),
                                    resource.getSchemaUrl(),
                                    scope.getScope(),
                                    scope.getSchemaUrl(),
                                    span));
                }
            }
        }
        return spans;
    }

    /** The same with the policy that kept it on its scope, after all else there. */
    PlainSpan keptBy(String policy) {
        InstrumentationScope named =
                scope.toBuilder()
                        .addAttributes(
                                KeyValue.newBuilder()
                                        .setKey("tailsampling.policy")
                                        .setValue(AnyValue.newBuilder().setStringValue(policy)))
                        .build();
        return new PlainSpan(resource, resourceSchema, named, scopeSchema, span);
    }

    /** In hex. */
    public String traceId() {
        return HexFormat.of().formatHex(span.getTraceId().toByteArray());
    }

    @Override
    public String toString() {
        return traceId()
                + "/"
                + HexFormat.of().formatHex(span.getSpanId().toByteArray())
                + " "
                + span.getName();
    }
}
