package io.tailrace.jobs.source.generator;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A span as it was sent, and when, in milliseconds since the start. */
record SentSpan(Resource resource, Span span, long sentMillis) {

    static List<SentSpan> during(GeneratorSettings settings, int seconds) {
        ShopTraffic traffic = new ShopTraffic(settings);
        long start = settings.start().toEpochMilli();
        long requests = (long) (seconds * settings.rate());
        List<SentSpan> sent = new ArrayList<>();
        for (long request = 0; request < requests; request++) {
            byte[] bytes = traffic.request(request, start);
            sent.addAll(of(bytes, settings.arrivalAfterStart(request)));
        }
        return sent;
    }

    private static List<SentSpan> of(byte[] bytes, long sentMillis) {
        List<SentSpan> sent = new ArrayList<>();
        for (ResourceSpans resource : parse(bytes).getResourceSpansList()) {
            for (ScopeSpans scope : resource.getScopeSpansList()) {
                for (Span span : scope.getSpansList()) {
                    sent.add(new SentSpan(resource.getResource(), span, sentMillis));
                }
            }
        }
        return sent;
    }

    static ExportTraceServiceRequest parse(byte[] bytes) {
        try {
            return ExportTraceServiceRequest.parseFrom(bytes);
        } catch (InvalidProtocolBufferException malformed) {
            throw new AssertionError(malformed);
        }
    }

    String service() {
        return text(resource.getAttributesList(), "service.name");
    }

    String instance() {
        return text(resource.getAttributesList(), "service.instance.id");
    }

    /** Null where it has none. */
    String attribute(String key) {
        return text(span.getAttributesList(), key);
    }

    boolean failed() {
        return span.getStatus().getCodeValue() == 2;
    }

    boolean root() {
        return span.getParentSpanId().isEmpty();
    }

    double startSeconds(GeneratorSettings settings) {
        return span.getStartTimeUnixNano() / 1e9 - settings.start().getEpochSecond();
    }

    double durationMillis() {
        return (span.getEndTimeUnixNano() - span.getStartTimeUnixNano()) / 1e6;
    }

    double endMillis(GeneratorSettings settings) {
        return (span.getEndTimeUnixNano() - settings.start().toEpochMilli() * 1_000_000) / 1e6;
    }

    private static String text(List<KeyValue> attributes, String key) {
        Map<String, AnyValue> values = new HashMap<>();
        attributes.forEach(attribute -> values.put(attribute.getKey(), attribute.getValue()));
        AnyValue value = values.get(key);
        if (value == null) {
            return null;
        }
        return value.hasIntValue() ? Long.toString(value.getIntValue()) : value.getStringValue();
    }
}
