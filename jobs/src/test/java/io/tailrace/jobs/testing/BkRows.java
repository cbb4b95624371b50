package io.tailrace.jobs.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.tailrace.plain.PlainSpan;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Spans as rows of BlueKing's JSON: a plain second opinion, over trees. */
public final class BkRows {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.of("Asia/Shanghai"));

    private BkRows() {}

    /** A record of a collector with these spans. */
    public static byte[] collected(List<PlainSpan> spans) throws IOException {
        ObjectNode record = JSON.createObjectNode();
        record.put("dataid", 1500101).put("datetime", "2024-05-01 20:00:00");
        ArrayNode items = record.putArray("items");
        for (PlainSpan span : spans) {
            ObjectNode row = row(span);
            row.remove(List.of("time", "datatime"));
            items.add(row);
        }
        return JSON.writeValueAsBytes(record);
    }

    /** The rows of a record that was written. */
    public static List<JsonNode> written(byte[] record) throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        JSON.readTree(record).get("items").forEach(rows::add);
        return rows;
    }

    /** The row that a span is to be written as. */
    public static ObjectNode row(PlainSpan plain) throws IOException {
        Span span = plain.span();
        long start = span.getStartTimeUnixNano() / 1000;
        long end = span.getEndTimeUnixNano() / 1000;
        ObjectNode row = JSON.createObjectNode();
        row.put("trace_id", hex(span.getTraceId()));
        row.put("span_id", hex(span.getSpanId()));
        row.put("parent_span_id", hex(span.getParentSpanId()));
        row.put("trace_state", span.getTraceState());
        row.put("span_name", span.getName());
        row.put("kind", span.getKindValue());
        row.put("start_time", start).put("end_time", end).put("elapsed_time", end - start);
        row.putObject("status")
                .put("code", span.getStatus().getCodeValue())
                .put("message", span.getStatus().getMessage());
        ObjectNode attributes = attributes(span.getAttributesList());
        if (!plain.scope().getName().isEmpty()) {
            attributes.put("otel.scope.name", plain.scope().getName());
        }
        if (!plain.scope().getVersion().isEmpty()) {
            attributes.put("otel.scope.version", plain.scope().getVersion());
        }
        row.set("attributes", attributes);
        row.set("resource", attributes(plain.resource().getAttributesList()));
        ArrayNode events = row.putArray("events");
        for (Span.Event event : span.getEventsList()) {
            ObjectNode each = events.addObject();
            each.put("name", event.getName()).put("timestamp", event.getTimeUnixNano() / 1000);
            each.set("attributes", attributes(event.getAttributesList()));
        }
        if (span.getLinksCount() > 0) {
            throw new IllegalArgumentException("Links are not known: " + span);
        }
        row.putArray("links");
        String time = TIME.format(Instant.ofEpochSecond(end / 1_000_000));
        row.put("time", time).put("datatime", time);
        // Read again, so that numbers are of the types that reading gives.
        return (ObjectNode) JSON.readTree(row.toString());
    }

    private static String hex(ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }

    private static ObjectNode attributes(List<KeyValue> attributes) {
        ObjectNode object = JSON.createObjectNode();
        for (KeyValue each : attributes) {
            AnyValue value = each.getValue();
            switch (value.getValueCase()) {
                case STRING_VALUE -> object.put(each.getKey(), value.getStringValue());
                case BOOL_VALUE -> object.put(each.getKey(), value.getBoolValue());
                case INT_VALUE -> object.put(each.getKey(), value.getIntValue());
                case DOUBLE_VALUE -> object.put(each.getKey(), value.getDoubleValue());
                default -> throw new IllegalArgumentException("A kind not known: " + value);
            }
        }
        return object;
    }
}
