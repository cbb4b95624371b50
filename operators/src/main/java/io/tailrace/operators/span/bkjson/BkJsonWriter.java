package io.tailrace.operators.span.bkjson;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;

/**
 * Writes an export request as one line {@code {"datetime": .., "items": [row, ..]}}, each row a
 * span with the sixteen columns of BlueKing's tail sampling. {@link BkJsonReader} reads it again.
 *
 * <p>{@code time} and {@code datatime} are the second in which the span ended, or where it has no
 * end, in which it started, as {@code yyyy-MM-dd HH:mm:ss} in UTC+8; {@code datetime} is the latest
 * of them. Times are microseconds, rounded down; {@code elapsed_time} is their difference, 0 where
 * a span ends before it starts.
 *
 * <p>What has no column: the scope's name and version, and how many attributes, events and links
 * were dropped, become attributes as OpenTelemetry names them for formats without such fields
 * ({@code otel.scope.name}, {@code otel.dropped_events_count} and the like), unless the span has
 * them already. Bytes become base64, infinities and NaN their names. Of a key that comes twice the
 * first is written. Lost are schema URLs, flags, attributes of scopes, counts of what events,
 * links, resources and scopes dropped, entity references, texts by index, and fields that this
 * version of OTLP does not know.
 */
public final class BkJsonWriter {

    static final JsonFactory FACTORY = new JsonFactory();
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.ofHours(8));
    private static final long NANOS_PER_MICRO = 1000;
    private static final long MICROS_PER_SECOND = 1_000_000;

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
            json.writeStringField("datetime", text(latest(request)));
            json.writeArrayFieldStart("items");
            for (ResourceSpans resourceSpans : request.getResourceSpansList()) {
                for (ScopeSpans scopeSpans : resourceSpans.getScopeSpansList()) {
                    for (Span span : scopeSpans.getSpansList()) {
                        json.writeStartObject();
                        row(json, resourceSpans.getResource(), scopeSpans, span);
                        json.writeEndObject();
                    }
                }
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static long latest(ExportTraceServiceRequest request) {
        long latest = 0;
        for (ResourceSpans resourceSpans : request.getResourceSpansList()) {
            for (ScopeSpans scopeSpans : resourceSpans.getScopeSpansList()) {
                for (Span span : scopeSpans.getSpansList()) {
                    latest = Math.max(latest, moment(span));
                }
            }
        }
        return latest;
    }

    private static void row(JsonGenerator json, Resource resource, ScopeSpans scopeSpans, Span span)
            throws IOException {
        String time = text(moment(span));
        long start = micros(span.getStartTimeUnixNano());
        long end = micros(span.getEndTimeUnixNano());
        json.writeStringField("time", time);
        json.writeStringField("span_name", span.getName());
        json.writeStringField("span_id", hex(span.getSpanId()));
        json.writeNumberField("kind", span.getKindValue());
        events(json, span);
        json.writeStringField("parent_span_id", hex(span.getParentSpanId()));
        json.writeNumberField("end_time", end);
        links(json, span);
        json.writeStringField("trace_id", hex(span.getTraceId()));
        json.writeNumberField("elapsed_time", Math.max(0, end - start));
        status(json, span.getStatus());
        json.writeFieldName("attributes");
        AttributeValues.write(json, SpanAttributes.of(span, scopeSpans.getScope()));
        json.writeNumberField("start_time", start);
        json.writeStringField("trace_state", span.getTraceState());
        json.writeFieldName("resource");
        AttributeValues.write(json, resource.getAttributesList());
        json.writeStringField("datatime", time);
    }

    private static void events(JsonGenerator json, Span span) throws IOException {
        json.writeArrayFieldStart("events");
        for (Span.Event event : span.getEventsList()) {
            json.writeStartObject();
            json.writeStringField("name", event.getName());
            json.writeNumberField("timestamp", micros(event.getTimeUnixNano()));
            json.writeFieldName("attributes");
            AttributeValues.write(json, event.getAttributesList());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void links(JsonGenerator json, Span span) throws IOException {
        json.writeArrayFieldStart("links");
        for (Span.Link link : span.getLinksList()) {
            json.writeStartObject();
            json.writeStringField("trace_id", hex(link.getTraceId()));
            json.writeStringField("span_id", hex(link.getSpanId()));
            json.writeStringField("trace_state", link.getTraceState());
            json.writeFieldName("attributes");
            AttributeValues.write(json, link.getAttributesList());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void status(JsonGenerator json, Status status) throws IOException {
        json.writeObjectFieldStart("status");
        json.writeNumberField("code", status.getCodeValue());
        json.writeStringField("message", status.getMessage());
        json.writeEndObject();
    }

    private static String hex(ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }

    private static long micros(long nanos) {
        return Long.divideUnsigned(nanos, NANOS_PER_MICRO);
    }

    /** When a span happened, for whoever files it by time: microseconds. */
    private static long moment(Span span) {
        long end = micros(span.getEndTimeUnixNano());
        return end == 0 ? micros(span.getStartTimeUnixNano()) : end;
    }

    private static String text(long micros) {
        return TIME.format(Instant.ofEpochSecond(micros / MICROS_PER_SECOND));
    }
}
