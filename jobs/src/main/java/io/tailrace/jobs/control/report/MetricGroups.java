package io.tailrace.jobs.control.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.jobs.control.platform.Lists;
import io.tailrace.jobs.control.spec.ReportingSettings.MetricGroup;
import io.tailrace.jobs.http.Call;
import io.tailrace.jobs.http.CallException;
import io.tailrace.jobs.http.Fault;
import io.tailrace.jobs.http.ServiceClient;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Finds the group that metrics are filed under, or makes it. */
final class MetricGroups {

    private final ServiceClient client;
    private final MetricGroup settings;

    MetricGroups(ServiceClient client, MetricGroup settings) {
        this.client = client;
        this.settings = settings;
    }

    /** Where metrics are sent to. */
    record Group(long dataId, String accessToken) {}

    Group get() throws CallException, InterruptedException {
        Optional<JsonNode> found = find();
        JsonNode group =
                found.isPresent()
                        ? found.get()
                        : client.makeOnce(
                                this::find,
                                () -> {
                                    JsonNode made = create();
                                    // Some sites answer with an id alone.
                                    return isWhole(made) ? made : find().orElse(made);
                                });
        Long dataId = settings.dataId();
        String token = settings.accessToken();
        return new Group(
                dataId == null ? Lists.number(group, "bk_data_id", "data_id") : dataId,
                token == null
                        ? group.path("access_token").asText(group.path("token").asText())
                        : token);
    }

    private static boolean isWhole(JsonNode group) {
        return group.has("bk_data_id") || group.has("data_id");
    }

    private Optional<JsonNode> find() throws CallException, InterruptedException {
        String query =
                "/app/custom_metric/detail/?bk_biz_id=%d&name=%s"
                        .formatted(
                                settings.bizId(),
                                URLEncoder.encode(settings.name(), StandardCharsets.UTF_8));
        try {
            JsonNode found =
                    client.send(
                            Call.get(
                                    query,
                                    "read the metric group " + settings.name(),
                                    "view of custom metrics in business " + settings.bizId()));
            JsonNode first = found.isArray() ? found.path(0) : found;
            return first.isObject() && !first.isEmpty() ? Optional.of(first) : Optional.empty();
        } catch (CallException failure) {
            if (failure.fault() == Fault.MISSING || failure.fault() == Fault.REFUSED) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    private JsonNode create() throws CallException, InterruptedException {
        ObjectNode body =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("bk_biz_id", settings.bizId())
                        .put("name", settings.name())
                        .put("scenario", settings.scenario());
        return client.send(
                Call.make(
                        "/app/custom_metric/create/",
                        body,
                        "create the metric group " + settings.name(),
                        "management of custom metrics in business " + settings.bizId()));
    }
}
