package io.tailrace.bench.jmh;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the splitter does, done with the objects of opentelemetry-proto: parse, regroup, encode. */
final class ObjectSplitter {

    private ObjectSplitter() {}

    /** A trace's request as it grows, with the place that its last span came from. */
    private static final class Growing {
        private final ExportTraceServiceRequest.Builder request =
                ExportTraceServiceRequest.newBuilder();
        private ResourceSpans from;
        private ScopeSpans scopeFrom;
        private ScopeSpans.Builder scope;

        void add(ResourceSpans resourceSpans, ScopeSpans scopeSpans, Span span) {
            if (scopeSpans != scopeFrom) {
                ResourceSpans.Builder resource =
                        resourceSpans == from
                                ? request.getResourceSpansBuilder(
                                        request.getResourceSpansCount() - 1)
                                : request.addResourceSpansBuilder()
                                        .setResource(resourceSpans.getResource())
                                        .setSchemaUrl(resourceSpans.getSchemaUrl());
                scope =
                        resource.addScopeSpansBuilder()
                                .setScope(scopeSpans.getScope())
                                .setSchemaUrl(scopeSpans.getSchemaUrl());
                from = resourceSpans;
                scopeFrom = scopeSpans;
            }
            scope.addSpans(span);
        }
    }

    static List<byte[]> split(byte[] request) throws InvalidProtocolBufferException {
        return split(ExportTraceServiceRequest.parseFrom(request));
    }

    static List<byte[]> split(ExportTraceServiceRequest request) {
        Map<ByteString, Growing> traces = new LinkedHashMap<>();
        for (ResourceSpans resourceSpans : request.getResourceSpansList()) {
            for (ScopeSpans scopeSpans : resourceSpans.getScopeSpansList()) {
                for (Span span : scopeSpans.getSpansList()) {
                    traces.computeIfAbsent(span.getTraceId(), id -> new Growing())
                            .add(resourceSpans, scopeSpans, span);
                }
            }
        }
        List<byte[]> parts = new ArrayList<>(traces.size());
        for (Growing each : traces.values()) {
            parts.add(each.request.build().toByteArray());
        }
        return parts;
    }
}
