package io.tailrace.operators.span.bkjson;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;

import java.util.ArrayList;
import java.util.List;

/**
 * A span's attributes together with what else of it has no field of its own.
 *
 * <p>Source: the OpenTelemetry specification, "Mapping to non-OTLP formats".
 */
final class SpanAttributes {

    private SpanAttributes() {}

    /** Its own come first, so that they stand where one of the others has the same key. */
    static List<KeyValue> of(Span span, InstrumentationScope scope) {
        List<KeyValue> all = new ArrayList<>(span.getAttributesList());
        text(all, "otel.scope.name", scope.getName());
        text(all, "otel.scope.version", scope.getVersion());
        count(all, "otel.dropped_attributes_count", span.getDroppedAttributesCount());
        count(all, "otel.dropped_events_count", span.getDroppedEventsCount());
        count(all, "otel.dropped_links_count", span.getDroppedLinksCount());
        return all;
    }

    private static void text(List<KeyValue> all, String key, String value) {
        if (!value.isEmpty()) {
            add(all, key, AnyValue.newBuilder().setStringValue(value));
        }
    }

    private static void count(List<KeyValue> all, String key, int value) {
        if (value != 0) {
            add(all, key, AnyValue.newBuilder().setIntValue(Integer.toUnsignedLong(value)));
        }
    }

    private static void add(List<KeyValue> all, String key, AnyValue.Builder value) {
        all.add(KeyValue.newBuilder().setKey(key).setValue(value).build());
    }
}
