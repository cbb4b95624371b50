package io.tailrace.jobs.control.step;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.jobs.control.flow.SpanColumns;
import io.tailrace.jobs.control.spec.ApplicationSpec;
import io.tailrace.jobs.control.spec.CleaningSettings;
import io.tailrace.jobs.control.spec.SourceSpec;

/** What the data platform is sent of sources and cleanings. */
final class Bodies {

    private static final int CUSTOM_SCENARIO = 47;

    private Bodies() {}

    /** A plan for an application's source. */
    static ObjectNode deployPlan(ApplicationSpec application, String username) {
        SourceSpec source = application.source();
        boolean kafka = source.kafka() != null;
        String alias = source.alias() == null ? application.name() : source.alias();
        String description = "Spans of " + application.name();
        ObjectNode plan =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("data_scenario", kafka ? "queue" : "custom")
                        .put("bk_biz_id", application.bizId())
                        .put("description", description);
        if (!kafka) {
            plan.put("data_scenario_id", CUSTOM_SCENARIO);
        }
        ObjectNode rawData =
                plan.putObject("access_raw_data")
                        .put("raw_data_name", application.rawDataName())
                        .put("raw_data_alias", alias)
                        .put(
                                "maintainer",
                                source.maintainers().isEmpty()
                                        ? username
                                        : String.join(",", source.maintainers()))
                        .put("data_source", kafka ? "kafka" : "data_source")
                        .put("data_encoding", "UTF-8")
                        .put("sensitivity", "private")
                        .put("description", description);
        rawData.putArray("data_source_tags").add(kafka ? "src_kafka" : "server");
        rawData.putArray("tags");
        if (kafka) {
            accessTo(source.kafka(), application.rawDataName(), plan);
        } else {
            rawData.put("preassigned_data_id", source.dataId());
        }
        return plan;
    }

    private static void accessTo(SourceSpec.KafkaTopic kafka, String rawData, ObjectNode plan) {
        ObjectNode access = plan.putObject("access_conf_info");
        access.putObject("collection_model")
                .put("collection_type", "incr")
                .put("start_at", 1)
                .put("period", "1");
        ObjectNode resource = access.putObject("resource").put("type", "kafka");
        resource.putArray("scope")
                .addObject()
                .put("master", kafka.bootstrapServers())
                .put("group", kafka.group() == null ? rawData : kafka.group())
                .put("topic", kafka.topic())
                .put("tasks", kafka.tasks())
                .put("use_sasl", kafka.user() != null)
                .put("security_protocol", kafka.securityProtocol())
                .put("sasl_mechanism", kafka.saslMechanism())
                .put("user", kafka.user() == null ? "" : kafka.user())
                .put("password", kafka.password() == null ? "" : kafka.password());
    }

    /** An application's cleaning, without the raw data id. */
    static ObjectNode cleaning(ApplicationSpec application) {
        CleaningSettings settings = application.cleaning();
        String table = application.resultTableName();
        ObjectNode body =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("bk_biz_id", application.bizId())
                        .put("clean_config_name", settings.name() == null ? table : settings.name())
                        .put("description", "Spans of " + application.name())
                        .put("result_table_name", table)
                        .put(
                                "result_table_name_alias",
                                settings.alias() == null ? table : settings.alias())
                        .put(
                                "json_config",
                                settings.jsonConfig() == null
                                        ? SpanColumns.rules().toString()
                                        : settings.jsonConfig());
        body.set("fields", settings.fields().isEmpty() ? SpanColumns.fields() : fields(settings));
        return body;
    }

    private static ArrayNode fields(CleaningSettings settings) {
        ArrayNode fields = JsonNodeFactory.instance.arrayNode();
        for (CleaningSettings.Field field : settings.fields()) {
            fields.addObject()
                    .put("field_name", field.name())
                    .put("field_type", field.type())
                    .put("field_alias", field.alias() == null ? field.name() : field.alias())
                    .put("is_dimension", field.dimension())
                    .put("field_index", fields.size());
        }
        return fields;
    }
}
