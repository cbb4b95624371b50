package io.tailrace.bench.jmh;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What {@link SomePolicies} ask of the spans of each trace, asked of the objects of
 * opentelemetry-proto as one would write it.
 */
final class ObjectPolicies {

    private static final Pattern CHECKOUT = Pattern.compile(SomePolicies.REGEX);

    /** What is known of a trace. */
    static final class Known {
        private long start = Long.MAX_VALUE;
        private long end;
        private boolean error;
        private boolean user;
        private boolean checkout;
        private boolean failed;
        private boolean delete;

        boolean isKept() {
            return error || user || checkout || failed || delete || end - start > 500_000_000;
        }

        private void add(Resource resource, Span span) {
            start = Math.min(start, span.getStartTimeUnixNano());
            end = Math.max(end, span.getEndTimeUnixNano());
            error |= span.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR;
            ask(resource.getAttributesList());
            ask(span.getAttributesList());
            for (Span.Event event : span.getEventsList()) {
                ask(event.getAttributesList());
            }
            delete |=
                    span.getKind() == Span.SpanKind.SPAN_KIND_SERVER
                            && SomePolicies.METHOD.equals(
                                    text(span.getAttributesList(), "http.request.method"));
        }

        private void ask(List<KeyValue> attributes) {
            user |= SomePolicies.USERS.contains(text(attributes, "enduser.id"));
            checkout = checkout || CHECKOUT.matcher(text(attributes, "url.path")).find();
            AnyValue status = value(attributes, "http.response.status_code");
            failed |= status != null && status.getIntValue() >= 500 && status.getIntValue() <= 599;
        }

        private static String text(List<KeyValue> attributes, String key) {
            AnyValue value = value(attributes, key);
            return value == null ? "" : value.getStringValue();
        }

        private static AnyValue value(List<KeyValue> attributes, String key) {
            for (KeyValue attribute : attributes) {
                if (attribute.getKey().equals(key)) {
                    return attribute.getValue();
                }
            }
            return null;
        }
    }

    private ObjectPolicies() {}

    static Map<ByteString, Known> ask(ExportTraceServiceRequest request) {
        Map<ByteString, Known> traces = new LinkedHashMap<>();
        for (ResourceSpans resourceSpans : request.getResourceSpansList()) {
            for (ScopeSpans scopeSpans : resourceSpans.getScopeSpansList()) {
                for (Span span : scopeSpans.getSpansList()) {
                    traces.computeIfAbsent(span.getTraceId(), id -> new Known())
                            .add(resourceSpans.getResource(), span);
                }
            }
        }
        return traces;
    }
}
