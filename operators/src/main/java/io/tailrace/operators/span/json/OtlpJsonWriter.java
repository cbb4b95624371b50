package io.tailrace.operators.span.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.EntityRef;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;

/**
 * Writes an export request as one line of OTLP/JSON, from which {@link OtlpJsonReader} makes the
 * same request again.
 *
 * <p>Ids in lower-case hexadecimal, 64-bit numbers as text, enums as numbers; what has its default
 * is left out, but for the kind of an attribute's value. Fields that this version of OTLP does not
 * know have no JSON, and are left out too.
 */
public final class OtlpJsonWriter {

    private static final JsonFactory FACTORY = new JsonFactory();

    /**
     * @param otlp an {@code ExportTraceServiceRequest}
     * @return UTF-8 without any line break
     * @throws InvalidProtocolBufferException it is none
     */
    public byte[] write(byte[] otlp) throws IOException {
        ExportTraceServiceRequest request = ExportTraceServiceRequest.parseFrom(otlp);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(4 * otlp.length + 64);
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            each(json, "resourceSpans", request.getResourceSpansList(), this::resourceSpans);
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    @FunctionalInterface
    private interface Fields<T> {
        void write(JsonGenerator json, T message) throws IOException;
    }

    private void resourceSpans(JsonGenerator json, ResourceSpans resourceSpans) throws IOException {
        if (resourceSpans.hasResource()) {
            one(json, "resource", resourceSpans.getResource(), this::resource);
        }
        each(json, "scopeSpans", resourceSpans.getScopeSpansList(), this::scopeSpans);
        text(json, "schemaUrl", resourceSpans.getSchemaUrl());
    }

    private void resource(JsonGenerator json, Resource resource) throws IOException {
        each(json, "attributes", resource.getAttributesList(), this::keyValue);
        unsigned(json, "droppedAttributesCount", resource.getDroppedAttributesCount());
        each(json, "entityRefs", resource.getEntityRefsList(), this::entityRef);
    }

    private void entityRef(JsonGenerator json, EntityRef entityRef) throws IOException {
        text(json, "schemaUrl", entityRef.getSchemaUrl());
        text(json, "type", entityRef.getType());
        texts(json, "idKeys", entityRef.getIdKeysList());
        texts(json, "descriptionKeys", entityRef.getDescriptionKeysList());
    }

    private void scopeSpans(JsonGenerator json, ScopeSpans scopeSpans) throws IOException {
        if (scopeSpans.hasScope()) {
            one(json, "scope", scopeSpans.getScope(), this::scope);
        }
        each(json, "spans", scopeSpans.getSpansList(), this::span);
        text(json, "schemaUrl", scopeSpans.getSchemaUrl());
    }

    private void scope(JsonGenerator json, InstrumentationScope scope) throws IOException {
        text(json, "name", scope.getName());
        text(json, "version", scope.getVersion());
        each(json, "attributes", scope.getAttributesList(), this::keyValue);
        unsigned(json, "droppedAttributesCount", scope.getDroppedAttributesCount());
    }

    private void span(JsonGenerator json, Span span) throws IOException {
        id(json, "traceId", span.getTraceId());
        id(json, "spanId", span.getSpanId());
        text(json, "traceState", span.getTraceState());
        id(json, "parentSpanId", span.getParentSpanId());
        unsigned(json, "flags", span.getFlags());
        text(json, "name", span.getName());
        enumeration(json, "kind", span.getKindValue());
        time(json, "startTimeUnixNano", span.getStartTimeUnixNano());
        time(json, "endTimeUnixNano", span.getEndTimeUnixNano());
        each(json, "attributes", span.getAttributesList(), this::keyValue);
        unsigned(json, "droppedAttributesCount", span.getDroppedAttributesCount());
        each(json, "events", span.getEventsList(), this::event);
        unsigned(json, "droppedEventsCount", span.getDroppedEventsCount());
        each(json, "links", span.getLinksList(), this::link);
        unsigned(json, "droppedLinksCount", span.getDroppedLinksCount());
        if (span.hasStatus()) {
            one(json, "status", span.getStatus(), this::status);
        }
    }

    private void event(JsonGenerator json, Span.Event event) throws IOException {
        time(json, "timeUnixNano", event.getTimeUnixNano());
        text(json, "name", event.getName());
        each(json, "attributes", event.getAttributesList(), this::keyValue);
        unsigned(json, "droppedAttributesCount", event.getDroppedAttributesCount());
    }

    private void link(JsonGenerator json, Span.Link link) throws IOException {
        id(json, "traceId", link.getTraceId());
        id(json, "spanId", link.getSpanId());
        text(json, "traceState", link.getTraceState());
        each(json, "attributes", link.getAttributesList(), this::keyValue);
        unsigned(json, "droppedAttributesCount", link.getDroppedAttributesCount());
        unsigned(json, "flags", link.getFlags());
    }

    private void status(JsonGenerator json, Status status) throws IOException {
        text(json, "message", status.getMessage());
        enumeration(json, "code", status.getCodeValue());
    }

    private void keyValue(JsonGenerator json, KeyValue keyValue) throws IOException {
        text(json, "key", keyValue.getKey());
        if (keyValue.hasValue()) {
            one(json, "value", keyValue.getValue(), this::anyValue);
        }
        enumeration(json, "keyStrindex", keyValue.getKeyStrindex());
    }

    private void anyValue(JsonGenerator json, AnyValue value) throws IOException {
        switch (value.getValueCase()) {
            case STRING_VALUE -> json.writeStringField("stringValue", value.getStringValue());
            case BOOL_VALUE -> json.writeBooleanField("boolValue", value.getBoolValue());
            case INT_VALUE -> json.writeStringField("intValue", Long.toString(value.getIntValue()));
            // The generator writes NaN and the infinities as text.
            case DOUBLE_VALUE -> json.writeNumberField("doubleValue", value.getDoubleValue());
            case ARRAY_VALUE -> {
                json.writeObjectFieldStart("arrayValue");
                each(json, "values", value.getArrayValue().getValuesList(), this::anyValue);
                json.writeEndObject();
            }
            case KVLIST_VALUE -> {
                json.writeObjectFieldStart("kvlistValue");
                each(json, "values", value.getKvlistValue().getValuesList(), this::keyValue);
                json.writeEndObject();
            }
            case BYTES_VALUE ->
                    json.writeBinaryField("bytesValue", value.getBytesValue().toByteArray());
            case STRING_VALUE_STRINDEX ->
                    json.writeNumberField("stringValueStrindex", value.getStringValueStrindex());
            case VALUE_NOT_SET -> {}
        }
    }

    private static <T> void one(JsonGenerator json, String name, T message, Fields<T> fields)
            throws IOException {
        json.writeObjectFieldStart(name);
        fields.write(json, message);
        json.writeEndObject();
    }

    private static <T> void each(
            JsonGenerator json, String name, List<T> messages, Fields<T> fields)
            throws IOException {
        if (messages.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart(name);
        for (T message : messages) {
            json.writeStartObject();
            fields.write(json, message);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void text(JsonGenerator json, String name, String value) throws IOException {
        if (!value.isEmpty()) {
            json.writeStringField(name, value);
        }
    }

    private static void texts(JsonGenerator json, String name, List<String> values)
            throws IOException {
        if (!values.isEmpty()) {
            json.writeArrayFieldStart(name);
            for (String value : values) {
                json.writeString(value);
            }
            json.writeEndArray();
        }
    }

    private static void id(JsonGenerator json, String name, ByteString id) throws IOException {
        if (!id.isEmpty()) {
            json.writeStringField(name, HexFormat.of().formatHex(id.toByteArray()));
        }
    }

    private static void time(JsonGenerator json, String name, long value) throws IOException {
        if (value != 0) {
            json.writeStringField(name, Long.toUnsignedString(value));
        }
    }

    private static void unsigned(JsonGenerator json, String name, int value) throws IOException {
        if (value != 0) {
            json.writeNumberField(name, Integer.toUnsignedLong(value));
        }
    }

    private static void enumeration(JsonGenerator json, String name, int number)
            throws IOException {
        if (number != 0) {
            json.writeNumberField(name, number);
        }
    }
}
