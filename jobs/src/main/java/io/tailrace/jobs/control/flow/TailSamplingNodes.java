package io.tailrace.jobs.control.flow;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.jobs.control.spec.Names;
import io.tailrace.jobs.control.spec.TailSampling;
import io.tailrace.operators.sampling.bk.BkCondition;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Code of the user's on the spans, and Elasticsearch for what it keeps. */
final class TailSamplingNodes {

    /** What the code gives, with types. */
    private static final List<Map.Entry<String, String>> COLUMNS =
            List.of(
                    Map.entry("time", "string"),
                    Map.entry("span_name", "string"),
                    Map.entry("span_id", "string"),
                    Map.entry("kind", "int"),
                    Map.entry("events", "text"),
                    Map.entry("parent_span_id", "string"),
                    Map.entry("end_time", "long"),
                    Map.entry("links", "text"),
                    Map.entry("trace_id", "string"),
                    Map.entry("elapsed_time", "long"),
                    Map.entry("status", "text"),
                    Map.entry("attributes", "text"),
                    Map.entry("start_time", "long"),
                    Map.entry("trace_state", "string"),
                    Map.entry("resource", "text"),
                    Map.entry("datatime", "string"));

    private static final List<String> KEYS = List.of("trace_id", "span_id");
    private static final List<String> JSON_FIELDS =
            List.of("status", "events", "links", "attributes", "resource");

    private TailSamplingNodes() {}

    static List<FlowNode> of(Nodes nodes, String flow, TailSampling sampling) throws IOException {
        String table = Names.fitting(flow);
        FlowNode storage =
                nodes.storage("storage", "elastic_storage", "sampler", table, sampling.storage());
        ObjectNode stored = storage.config().put("has_unique_key", true);
        KEYS.forEach(stored.putArray("storage_keys")::add);
        JSON_FIELDS.forEach(stored.putArray("json_fields")::add);
        return List.of(nodes.source(flow), sampler(nodes, table, sampling), storage);
    }

    private static FlowNode sampler(Nodes nodes, String table, TailSampling sampling)
            throws IOException {
        ObjectNode config =
                nodes.config(table, nodes.sourceTable())
                        .put("table_name", table)
                        .put("programming_language", "java")
                        .put("code", Files.readString(sampling.codeFile()))
                        .put("user_args", parameters(sampling).toString());
        ObjectNode output =
                config.putArray("outputs")
                        .addObject()
                        .put("bk_biz_id", nodes.bizId())
                        .put("table_name", table)
                        .put("output_name", table);
        var fields = output.putArray("fields");
        for (Map.Entry<String, String> column : COLUMNS) {
            fields.addObject()
                    .put("field_name", column.getKey())
                    .put("field_type", column.getValue())
                    .put("field_alias", column.getKey())
                    .put("event_time", false);
        }
        config.putObject("advanced").put("use_savepoint", true);
        return new FlowNode("sampler", "flink_streaming", List.of(Nodes.SOURCE), config);
    }

    private static ObjectNode parameters(TailSampling sampling) {
        ObjectNode parameters =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("trace_session_gap_min", sampling.traceSessionGapMin())
                        .put("trace_mark_timeout_min", sampling.traceMarkTimeoutMin())
                        .put("max_span_count", sampling.maxSpanCount());
        double ratio = sampling.randomSamplingRatio();
        if (ratio == Math.rint(ratio)) {
            parameters.put("random_sampling_ratio", (long) ratio);
        } else {
            parameters.put("random_sampling_ratio", ratio);
        }
        var conditions = parameters.putArray("sampling_conditions");
        for (BkCondition each : sampling.samplingConditions()) {
            ObjectNode condition =
                    conditions
                            .addObject()
                            .put("condition", each.condition().spelling())
                            .put("key", each.key())
                            .put("method", each.method().name().toLowerCase(Locale.ROOT));
            each.value().forEach(condition.putArray("value")::add);
        }
        return parameters;
    }
}
