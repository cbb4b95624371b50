package io.tailrace.operators.span.bkjson;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.tailrace.operators.span.PlacedSpan;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is left of a span that was written as BlueKing's JSON, as the documentation says. */
public final class InBkJson {

    private InBkJson() {}

    public static PlacedSpan of(PlacedSpan placed) {
        ResourceSpans.Builder under = ResourceSpans.newBuilder();
        List<KeyValue> resource =
                attributes(placed.under().getResource().getAttributesList(), Map.of());
        if (!resource.isEmpty()) {
            under.setResource(Resource.newBuilder().addAllAttributes(resource));
        }
        return new PlacedSpan(under.build(), ScopeSpans.getDefaultInstance(), span(placed));
    }

    private static Span span(PlacedSpan placed) {
        Span span = placed.span();
        Map<String, AnyValue> more = new LinkedHashMap<>();
        text(more, "otel.scope.name", placed.within().getScope().getName());
        text(more, "otel.scope.version", placed.within().getScope().getVersion());
        count(more, "otel.dropped_attributes_count", span.getDroppedAttributesCount());
        count(more, "otel.dropped_events_count", span.getDroppedEventsCount());
        count(more, "otel.dropped_links_count", span.getDroppedLinksCount());
        Span.Builder left =
                Span.newBuilder()
                        .setTraceId(span.getTraceId())
                        .setSpanId(span.getSpanId())
                        .setParentSpanId(span.getParentSpanId())
                        .setTraceState(span.getTraceState())
                        .setName(span.getName())
                        .setKindValue(span.getKindValue())
                        .setStartTimeUnixNano(wholeMicros(span.getStartTimeUnixNano()))
                        .setEndTimeUnixNano(wholeMicros(span.getEndTimeUnixNano()))
                        .addAllAttributes(attributes(span.getAttributesList(), more));
        span.getEventsList()
                .forEach(
                        event ->
                                left.addEventsBuilder()
                                        .setName(event.getName())
                                        .setTimeUnixNano(wholeMicros(event.getTimeUnixNano()))
                                        .addAllAttributes(
                                                attributes(event.getAttributesList(), Map.of())));
        span.getLinksList()
                .forEach(
                        link ->
                                left.addLinksBuilder()
                                        .setTraceId(link.getTraceId())
                                        .setSpanId(link.getSpanId())
                                        .setTraceState(link.getTraceState())
                                        .addAllAttributes(
                                                attributes(link.getAttributesList(), Map.of())));
        if (!span.getStatus().equals(Status.getDefaultInstance())) {
            left.setStatus(span.getStatus());
        }
        return left.build();
    }

    private static List<KeyValue> attributes(List<KeyValue> all, Map<String, AnyValue> more) {
        Map<String, AnyValue> first = new LinkedHashMap<>();
        all.forEach(each -> first.putIfAbsent(each.getKey(), value(each.getValue())));
        more.forEach(first::putIfAbsent);
        return first.entrySet().stream()
                .map(
                        each ->
                                KeyValue.newBuilder()
                                        .setKey(each.getKey())
                                        .setValue(each.getValue())
                                        .build())
                .toList();
    }

    private static AnyValue value(AnyValue value) {
        AnyValue.Builder left = AnyValue.newBuilder();
        switch (value.getValueCase()) {
            case DOUBLE_VALUE -> {
                double number = value.getDoubleValue();
                return Double.isFinite(number)
                        ? value
                        : left.setStringValue(Double.toString(number)).build();
            }
            case BYTES_VALUE ->
                    left.setStringValue(
                            Base64.getEncoder()
                                    .encodeToString(value.getBytesValue().toByteArray()));
            case ARRAY_VALUE -> {
                left.getArrayValueBuilder();
                value.getArrayValue()
                        .getValuesList()
                        .forEach(each -> left.getArrayValueBuilder().addValues(value(each)));
            }
            case KVLIST_VALUE ->
                    left.setKvlistValue(
                            KeyValueList.newBuilder()
                                    .addAllValues(
                                            attributes(
                                                    value.getKvlistValue().getValuesList(),
                                                    Map.of())));
            case STRING_VALUE_STRINDEX -> {}
            default -> {
                return value;
            }
        }
        return left.build();
    }

    private static long wholeMicros(long nanos) {
        return nanos - Long.remainderUnsigned(nanos, 1000);
    }

    private static void text(Map<String, AnyValue> more, String key, String text) {
        if (!text.isEmpty()) {
            more.put(key, AnyValue.newBuilder().setStringValue(text).build());
        }
    }

    private static void count(Map<String, AnyValue> more, String key, int count) {
        if (count != 0) {
            more.put(key, AnyValue.newBuilder().setIntValue(Integer.toUnsignedLong(count)).build());
        }
    }
}
