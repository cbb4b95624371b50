package io.tailrace.demo;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Has equal attributes be one object: they are most of what spans take in memory. */
final class SharedAttributes {

    private final Map<KeyValue, KeyValue> known = new HashMap<>();

    /** The same request. */
    ExportTraceServiceRequest in(ExportTraceServiceRequest request) {
        ExportTraceServiceRequest.Builder shared = request.toBuilder();
        for (ResourceSpans.Builder each : shared.getResourceSpansBuilderList()) {
            Resource resource = each.getResource();
            each.setResource(
                    resource.toBuilder()
                            .clearAttributes()
                            .addAllAttributes(shared(resource.getAttributesList())));
            for (ScopeSpans.Builder scope : each.getScopeSpansBuilderList()) {
                for (int i = 0; i < scope.getSpansCount(); i++) {
                    Span span = scope.getSpans(i);
                    scope.setSpans(
                            i,
                            span.toBuilder()
                                    .clearAttributes()
                                    .addAllAttributes(shared(span.getAttributesList())));
                }
            }
        }
        return shared.build();
    }

    private List<KeyValue> shared(List<KeyValue> attributes) {
        return attributes.stream().map(each -> known.computeIfAbsent(each, own -> own)).toList();
    }
}
