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
        private int resource = -1;
        private int scope = -1;
        private ScopeSpans.Builder last;

        void add(ResourceSpans resourceSpans, int r, int s, Span span) {
            if (r != resource || s != scope) {
                last = scope(resourceSpans, r, s);
                resource = r;
                scope = s;
            }
            last.addSpans(span);
        }

        private ScopeSpans.Builder scope(ResourceSpans resourceSpans, int r, int s) {
            ResourceSpans.Builder outer =
                    r == resource
                            ? request.getResourceSpansBuilder(request.getResourceSpansCount() - 1)
                            : request.addResourceSpansBuilder()
                                    .setResource(resourceSpans.getResource())
                                    .setSchemaUrl(resourceSpans.getSchemaUrl());
            return outer.addScopeSpansBuilder()
                    .setScope(resourceSpans.getScopeSpans(s).getScope())
                    .setSchemaUrl(resourceSpans.getScopeSpans(s).getSchemaUrl());
        }
    }

    static List<byte[]> split(byte[] request) throws InvalidProtocolBufferException {
        return split(ExportTraceServiceRequest.parseFrom(request));
    }

    static List<byte[]> split(ExportTraceServiceRequest request) {
        Map<ByteString, Growing> traces = new LinkedHashMap<>();
        for (int r = 0; r < request.getResourceSpansCount(); r++) {
            ResourceSpans resourceSpans = request.getResourceSpans(r);
            for (int s = 0; s < resourceSpans.getScopeSpansCount(); s++) {
                for (Span span : resourceSpans.getScopeSpans(s).getSpansList()) {
                    traces.computeIfAbsent(span.getTraceId(), id -> new Growing())
                            .add(resourceSpans, r, s, span);
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
