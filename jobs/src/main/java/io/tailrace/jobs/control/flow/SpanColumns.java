package io.tailrace.jobs.control.flow;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The columns of spans as {@code bk_json}, and where in a span each comes from. The table always
 * has all of them, so that other dimensions are another query and not another table.
 */
public final class SpanColumns {

    /** Fields of the span, with their types in the table. */
    private static final Map<String, String> OWN =
            new Columns()
                    .of("string", "trace_id", "span_id", "parent_span_id", "trace_state")
                    .of("string", "span_name", "kind")
                    .of("long", "start_time", "end_time", "elapsed_time")
                    .of("text", "status", "events", "links", "attributes", "resource")
                    .types;

    /** Attributes of the resource, by the columns that they are in. */
    private static final Map<String, String> OF_RESOURCE =
            Map.of(
                    "bk_instance_id", "bk.instance.id",
                    "service_name", "service.name",
                    "telemetry_sdk_language", "telemetry.sdk.language",
                    "telemetry_sdk_name", "telemetry.sdk.name",
                    "telemetry_sdk_version", "telemetry.sdk.version");

    /** Attributes of the span, by the columns that they are in. */
    private static final Map<String, String> OF_SPAN =
            new Columns()
                    .dotted("apdex_type", "target", "peer.service")
                    .dotted("http.server_name", "http.method", "http.scheme", "http.flavor")
                    .dotted("http.status_code", "rpc.method", "rpc.service", "rpc.system")
                    .dotted("rpc.grpc.status_code", "db.name", "db.operation", "db.system")
                    .dotted("messaging.system", "messaging.destination")
                    .dotted("messaging.destination_kind", "celery.action", "celery.task_name")
                    .types;

    private static final List<String> DIMENSIONS =
            List.of(
                    "apdex_type",
                    "bk_instance_id",
                    "kind",
                    "service_name",
                    "span_name",
                    "status_code",
                    "telemetry_sdk_language",
                    "telemetry_sdk_name",
                    "telemetry_sdk_version",
                    "target",
                    "peer_service",
                    "http_server_name",
                    "http_method",
                    "http_scheme",
                    "http_flavor",
                    "http_status_code",
                    "rpc_method",
                    "rpc_service",
                    "rpc_system",
                    "rpc_grpc_status_code",
                    "db_name",
                    "db_operation",
                    "db_system",
                    "messaging_system",
                    "messaging_destination",
                    "messaging_destination_kind",
                    "celery_action",
                    "celery_task_name");

    private static final String DURATION = "bk_apm_duration";

    private SpanColumns() {}

    /** Gathers columns in their order. */
    private static final class Columns {
        private final Map<String, String> types = new LinkedHashMap<>();

        Columns of(String type, String... names) {
            for (String name : names) {
                types.put(name, type);
            }
            return this;
        }

        Columns dotted(String... attributes) {
            for (String attribute : attributes) {
                types.put(attribute.replace('.', '_'), attribute);
            }
            return this;
        }
    }

    /** Those given, or all that there are where none is. */
    static List<String> dimensions(List<String> given) {
        return given.isEmpty() ? DIMENSIONS : given;
    }

    /** The table's fields, as a cleaning names them. */
    public static ArrayNode fields() {
        ArrayNode fields = JsonNodeFactory.instance.arrayNode();
        OWN.forEach((name, type) -> field(fields, name, type, DIMENSIONS.contains(name)));
        field(fields, DURATION, "long", false);
        DIMENSIONS.stream()
                .filter(name -> !OWN.containsKey(name))
                .forEach(name -> field(fields, name, "string", true));
        return fields;
    }

    private static void field(ArrayNode fields, String name, String type, boolean dimension) {
        fields.addObject()
                .put("field_name", name)
                .put("field_type", type)
                .put("field_alias", name)
                .put("is_dimension", dimension)
                .put("field_index", fields.size());
    }

    /** The rules by which a cleaning finds the fields in records of the collector. */
    public static ObjectNode rules() {
        ObjectNode rules = JsonNodeFactory.instance.objectNode();
        ObjectNode items = access("items", iterate(span()));
        ObjectNode time = assign("assign_obj");
        assigned(time, "string", "datetime", "datetime");
        rules.putObject("extract")
                .put("type", "fun")
                .put("method", "from_json")
                .put("label", "record")
                .put("result", "record")
                .set("next", branch(time, items));
        rules.putObject("conf")
                .put("encoding", "UTF-8")
                .put("time_format", "yyyy-MM-dd HH:mm:ss")
                .put("timezone", 8)
                .put("time_field_name", "datetime")
                .put("output_field_name", "timestamp")
                .put("timestamp_len", 0);
        return rules;
    }

    private static ObjectNode span() {
        ObjectNode plain = assign("assign_obj");
        ObjectNode json = assign("assign_json");
        OWN.forEach((name, type) -> assigned(type.equals("text") ? json : plain, type, name, name));
        assigned(plain, "long", DURATION, "elapsed_time");
        ObjectNode status = assign("assign_obj");
        assigned(status, "string", "status_code", "code");
        ObjectNode ofSpan = assign("assign_obj");
        OF_SPAN.forEach((column, attribute) -> assigned(ofSpan, "string", column, attribute));
        ObjectNode ofResource = assign("assign_obj");
        DIMENSIONS.stream()
                .filter(OF_RESOURCE::containsKey)
                .forEach(name -> assigned(ofResource, "string", name, OF_RESOURCE.get(name)));
        return branch(
                plain,
                json,
                access("status", status),
                access("attributes", ofSpan),
                access("resource", ofResource));
    }

    private static ObjectNode branch(ObjectNode... next) {
        ObjectNode branch =
                JsonNodeFactory.instance.objectNode().put("type", "branch").put("name", "");
        ArrayNode all = branch.putArray("next");
        for (ObjectNode each : next) {
            all.add(each);
        }
        return branch;
    }

    private static ObjectNode access(String key, ObjectNode next) {
        ObjectNode access =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("type", "access")
                        .put("subtype", "access_obj")
                        .put("label", key)
                        .put("key", key)
                        .put("result", key);
        access.set("next", next);
        return access;
    }

    private static ObjectNode iterate(ObjectNode next) {
        ObjectNode each =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("type", "fun")
                        .put("method", "iterate")
                        .put("label", "span")
                        .put("result", "span");
        each.set("next", next);
        return each;
    }

    private static ObjectNode assign(String subtype) {
        ObjectNode assign =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("type", "assign")
                        .put("subtype", subtype)
                        .put("label", subtype);
        assign.putArray("assign");
        assign.putNull("next");
        return assign;
    }

    private static void assigned(ObjectNode assign, String type, String column, String key) {
        assign.withArrayProperty("assign")
                .addObject()
                .put("type", type)
                .put("assign_to", column)
                .put("key", key);
    }
}
