package io.tailrace.plain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;

import java.io.IOException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/**
 * Reads OTLP/JSON the plain way, over a tree, with nothing of the product. It knows the fields that
 * test traffic has, and refuses others rather than overlook them.
 */
public final class OtlpTree {

    private static final ObjectMapper JSON = new ObjectMapper();

    private OtlpTree() {}

    public static ExportTraceServiceRequest request(byte[] json) throws IOException {
        JsonNode tree = JSON.readTree(json);
        knows(tree, "resourceSpans");
        ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
        tree.path("resourceSpans").forEach(each -> request.addResourceSpans(resourceSpans(each)));
        return request.build();
    }

    private static ResourceSpans resourceSpans(JsonNode tree) {
        knows(tree, "resource", "scopeSpans", "schemaUrl");
        ResourceSpans.Builder spans =
                ResourceSpans.newBuilder().setSchemaUrl(tree.path("schemaUrl").asText());
        if (tree.has("resource")) {
            knows(tree.get("resource"), "attributes");
            spans.setResource(
                    Resource.newBuilder().addAllAttributes(attributes(tree.get("resource"))));
        }
        tree.path("scopeSpans").forEach(each -> spans.addScopeSpans(scopeSpans(each)));
        return spans.build();
    }

    private static ScopeSpans scopeSpans(JsonNode tree) {
        knows(tree, "scope", "spans", "schemaUrl");
        ScopeSpans.Builder spans =
                ScopeSpans.newBuilder().setSchemaUrl(tree.path("schemaUrl").asText());
        if (tree.has("scope")) {
            knows(tree.get("scope"), "name", "version", "attributes");
            spans.setScope(
                    InstrumentationScope.newBuilder()
                            .setName(tree.get("scope").path("name").asText())
                            .setVersion(tree.get("scope").path("version").asText())
                            .addAllAttributes(attributes(tree.get("scope"))));
        }
        tree.path("spans").forEach(each -> spans.addSpans(span(each)));
        return spans.build();
    }

    private static Span span(JsonNode tree) {
        knows(
                tree,
                "traceId",
                "spanId",
                "parentSpanId",
                "traceState",
                "flags",
                "name",
                "kind",
                "startTimeUnixNano",
                "endTimeUnixNano",
                "attributes",
                "events",
                "status");
        Span.Builder span =
                Span.newBuilder()
                        .setTraceId(id(tree.path("traceId")))
                        .setSpanId(id(tree.path("spanId")))
                        .setParentSpanId(id(tree.path("parentSpanId")))
                        .setTraceState(tree.path("traceState").asText())
                        .setFlags(tree.path("flags").asInt())
                        .setName(tree.path("name").asText())
                        .setKindValue(tree.path("kind").asInt())
                        .setStartTimeUnixNano(tree.path("startTimeUnixNano").asLong())
                        .setEndTimeUnixNano(tree.path("endTimeUnixNano").asLong())
                        .addAllAttributes(attributes(tree));
        for (JsonNode event : tree.path("events")) {
            knows(event, "timeUnixNano", "name", "attributes");
            span.addEvents(
                    Span.Event.newBuilder()
                            .setTimeUnixNano(event.path("timeUnixNano").asLong())
                            .setName(event.path("name").asText())
                            .addAllAttributes(attributes(event)));
        }
        if (tree.has("status")) {
            knows(tree.get("status"), "code", "message");
            span.setStatus(
                    Status.newBuilder()
                            .setCodeValue(tree.get("status").path("code").asInt())
                            .setMessage(tree.get("status").path("message").asText()));
        }
        return span.build();
    }

    private static ByteString id(JsonNode hex) {
        return ByteString.copyFrom(HexFormat.of().parseHex(hex.asText()));
    }

    private static List<KeyValue> attributes(JsonNode tree) {
        return StreamSupport.stream(tree.path("attributes").spliterator(), false)
                .map(OtlpTree::attribute)
                .toList();
    }

    private static KeyValue attribute(JsonNode tree) {
        knows(tree, "key", "value");
        return KeyValue.newBuilder()
                .setKey(tree.path("key").asText())
                .setValue(value(tree.path("value")))
                .build();
    }

    private static AnyValue value(JsonNode tree) {
        AnyValue.Builder value = AnyValue.newBuilder();
        String kind = tree.fieldNames().hasNext() ? tree.fieldNames().next() : "";
        JsonNode content = tree.path(kind);
        switch (kind) {
            case "stringValue" -> value.setStringValue(content.asText());
            case "boolValue" -> value.setBoolValue(content.asBoolean());
            case "intValue" -> value.setIntValue(content.asLong());
            case "doubleValue" -> value.setDoubleValue(content.asDouble());
            case "bytesValue" ->
                    value.setBytesValue(
                            ByteString.copyFrom(Base64.getDecoder().decode(content.asText())));
            case "arrayValue" -> {
                knows(content, "values");
                content.path("values")
                        .forEach(each -> value.getArrayValueBuilder().addValues(value(each)));
            }
            default -> throw new IllegalArgumentException("A value of a kind not known: " + tree);
        }
        return value.build();
    }

    private static void knows(JsonNode tree, String... names) {
        Set<String> unknown = new TreeSet<>();
        tree.fieldNames().forEachRemaining(unknown::add);
        unknown.removeAll(Set.of(names));
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("Fields not known: " + unknown);
        }
    }
}
