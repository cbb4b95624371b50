package io.tailrace.jobs.control.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.jobs.control.spec.PlatformSettings;
import io.tailrace.jobs.http.Call;
import io.tailrace.jobs.http.CallException;
import io.tailrace.jobs.http.Fault;
import io.tailrace.jobs.http.ServiceClient;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The API of the data platform: sources, cleanings and grants. Flows are {@link Flows}. */
public final class DataPlatform {

    private static final String QUERY_DATA = "result_table.query_data";
    private static final List<String> CLEANING_STORAGES = List.of("kafka");

    private final ServiceClient client;
    private final PlatformSettings settings;

    public DataPlatform(ServiceClient client, PlatformSettings settings) {
        this.client = client;
        this.settings = settings;
    }

    /** Tries what makes something, and looks for it before it tries again. */
    public <T> T makeOnce(ServiceClient.Lookup<T> lookup, ServiceClient.Making<T> making)
            throws CallException, InterruptedException {
        return client.makeOnce(lookup, making);
    }

    JsonNode send(Call call) throws CallException, InterruptedException {
        return client.send(call);
    }

    /** The body with what every call has to say. */
    ObjectNode body(ObjectNode body) {
        return body.put("bkdata_authentication_method", settings.authenticationMethod())
                .put("appenv", settings.appenv());
    }

    /** The same in a query. */
    String query(String path) {
        return path
                + (path.contains("?") ? '&' : '?')
                + "bkdata_authentication_method="
                + encoded(settings.authenticationMethod())
                + "&appenv="
                + encoded(settings.appenv());
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** A raw data's id, by the name that is unique in a business. */
    public Optional<Long> rawDataId(long bizId, String name)
            throws CallException, InterruptedException {
        JsonNode all =
                send(
                        Call.get(
                                query("/v3/access/rawdata/?bk_biz_id=" + bizId),
                                "list the raw data of business " + bizId,
                                "raw_data.retrieve in business " + bizId));
        for (JsonNode each : Lists.of(all)) {
            boolean same = each.path("bk_biz_id").asLong(bizId) == bizId;
            if (same && each.path("raw_data_name").asText().equals(name)) {
                return Optional.of(Lists.number(each, "id", "raw_data_id"));
            }
        }
        return Optional.empty();
    }

    private Optional<JsonNode> found(Call call) throws CallException, InterruptedException {
        try {
            JsonNode found = send(call);
            return found.isObject() && !found.isEmpty() ? Optional.of(found) : Optional.empty();
        } catch (CallException failure) {
            if (failure.fault() == Fault.MISSING || failure.fault() == Fault.REFUSED) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    /** Makes a source; gives its raw data id. */
    public long deploy(ObjectNode plan, String name, long bizId)
            throws CallException, InterruptedException {
        JsonNode made =
                send(
                        Call.make(
                                "/v3/access/deploy_plan/",
                                body(plan),
                                "create the raw data " + name,
                                "raw_data.create in business " + bizId));
        return Lists.number(made, "raw_data_id", "id");
    }

    public void updateDeploy(long rawDataId, ObjectNode plan)
            throws CallException, InterruptedException {
        send(
                Call.put(
                        "/v3/access/deploy_plan/" + rawDataId,
                        body(plan),
                        "update the raw data " + rawDataId,
                        "raw_data.update on raw data " + rawDataId));
    }

    /** A cleaning, by its id, which is that of its table; nothing where there is none. */
    public Optional<JsonNode> cleaning(long rawDataId, String resultTableId)
            throws CallException, InterruptedException {
        JsonNode all =
                send(
                        Call.get(
                                query("/v3/databus/cleans/?raw_data_id=" + rawDataId),
                                "list the cleanings of raw data " + rawDataId,
                                "raw_data.etl_retrieve on raw data " + rawDataId));
        for (JsonNode each : Lists.of(all)) {
            if (each.path("processing_id").asText().equals(resultTableId)
                    || each.path("result_table_id").asText().equals(resultTableId)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    public JsonNode createCleaning(ObjectNode cleaning, String resultTableId, long rawDataId)
            throws CallException, InterruptedException {
        return send(
                Call.make(
                        "/v3/databus/cleans/",
                        body(cleaning),
                        "create the cleaning " + resultTableId,
                        "raw_data.etl on raw data " + rawDataId));
    }

    public void updateCleaning(String processingId, ObjectNode cleaning)
            throws CallException, InterruptedException {
        send(
                Call.put(
                        "/v3/databus/cleans/" + encoded(processingId) + "/",
                        body(cleaning),
                        "update the cleaning " + processingId,
                        "raw_data.etl on result table " + processingId));
    }

    /**
     * @param again whether it runs already, with rules that are not those of now
     */
    public void startCleaning(String resultTableId, boolean again)
            throws CallException, InterruptedException {
        send(
                new Call(
                        "POST",
                        "/v3/databus/tasks/",
                        body(storages().put("result_table_id", resultTableId)),
                        "start the cleaning " + resultTableId,
                        "raw_data.etl on result table " + resultTableId,
                        again));
    }

    public void stopCleaning(String resultTableId) throws CallException, InterruptedException {
        send(
                Call.delete(
                        "/v3/databus/tasks/" + encoded(resultTableId) + "/",
                        body(storages()),
                        "stop the cleaning " + resultTableId,
                        "raw_data.etl on result table " + resultTableId));
    }

    private static ObjectNode storages() {
        ObjectNode body = object();
        CLEANING_STORAGES.forEach(body.putArray("storages")::add);
        return body;
    }

    /** Whether flows of a project may read a table. */
    public boolean isGranted(long projectId, String resultTableId)
            throws CallException, InterruptedException {
        ObjectNode question =
                object().put("result_table_id", resultTableId).put("action_id", QUERY_DATA);
        JsonNode answer =
                send(
                        Call.ask(
                                "/v3/auth/projects/" + projectId + "/data/check/",
                                body(question),
                                "ask whether project %d may read %s"
                                        .formatted(projectId, resultTableId),
                                "project.retrieve on project " + projectId));
        return answer.isBoolean() ? answer.asBoolean() : answer.asText().equalsIgnoreCase("true");
    }

    public void grant(long projectId, String resultTableId, long bizId)
            throws CallException, InterruptedException {
        ObjectNode grant = object().put("object_id", resultTableId).put("bk_biz_id", bizId);
        send(
                // Granting twice is as good as once.
                Call.ask(
                        "/v3/auth/projects/" + projectId + "/data/add/",
                        body(grant),
                        "let project %d read %s".formatted(projectId, resultTableId),
                        "%s on %s for project %d, of whoever manages the table"
                                .formatted(QUERY_DATA, resultTableId, projectId)));
    }

    /** The projects that may use a resource set; nothing where there is no such set. */
    public Optional<JsonNode> resourceSet(long id) throws CallException, InterruptedException {
        return found(
                Call.get(
                        query("/v3/resourcecenter/resource_sets/" + id + "/"),
                        "read the resource set " + id,
                        "resource_group.retrieve on resource set " + id));
    }

    public void authorise(long resourceSetId, JsonNode projects)
            throws CallException, InterruptedException {
        ObjectNode body = object();
        body.set("authorized_projects", projects);
        send(
                new Call(
                        "PATCH",
                        "/v3/resourcecenter/resource_sets/" + resourceSetId + "/",
                        body(body),
                        "authorise a project for the resource set " + resourceSetId,
                        "resource_group.manage on resource set " + resourceSetId,
                        true));
    }
}
