package io.tailrace.jobs.control.gse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.jobs.control.platform.Lists;
import io.tailrace.jobs.control.spec.GseSettings;
import io.tailrace.jobs.http.Call;
import io.tailrace.jobs.http.CallException;
import io.tailrace.jobs.http.Fault;
import io.tailrace.jobs.http.ServiceClient;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The API of GSE for receivers and routes, at newer and older addresses. */
public final class Gse {

    /** What real sites answer where there is nothing of an id. */
    private static final Set<String> NOTHING = Set.of("1014505", "1014003", "14001");

    private final ServiceClient client;
    private final GseSettings settings;
    private final String operator;

    /**
     * @param operator who does it
     */
    public Gse(ServiceClient client, GseSettings settings, String operator) {
        this.client = client;
        this.settings = settings;
        this.operator = operator;
    }

    /** Tries what makes something, and looks for it before it tries again. */
    public <T> T makeOnce(ServiceClient.Lookup<T> lookup, ServiceClient.Making<T> making)
            throws CallException, InterruptedException {
        return client.makeOnce(lookup, making);
    }

    GseSettings settings() {
        return settings;
    }

    /** Where an action is: {@code data/add_route}, or {@code config_add_route/} at older sites. */
    private String path(String action) {
        if (!settings.older()) {
            return '/' + action;
        }
        return '/' + action.replaceFirst("^data/", "config_").replaceFirst("^cluster/", "") + '/';
    }

    JsonNode ask(String action, ObjectNode body, String purpose)
            throws CallException, InterruptedException {
        return client.send(Call.ask(path(action), body, purpose, permission(action)));
    }

    private JsonNode make(String action, ObjectNode body, String purpose)
            throws CallException, InterruptedException {
        return client.send(Call.make(path(action), body, purpose, permission(action)));
    }

    private static String permission(String action) {
        return "the use of GSE's " + action + " by this application";
    }

    private List<JsonNode> query(String action, ObjectNode body, String purpose)
            throws CallException, InterruptedException {
        List<JsonNode> found = new ArrayList<>();
        try {
            Lists.of(ask(action, body, purpose)).forEach(found::add);
        } catch (CallException failure) {
            if (failure.fault() != Fault.MISSING && !NOTHING.contains(failure.code())) {
                throw failure;
            }
        }
        return found;
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private ObjectNode operation() {
        return object().put("operator_name", operator);
    }

    private ObjectNode condition(String key, Long id) {
        ObjectNode body = object();
        ObjectNode condition = body.putObject("condition");
        if (id != null) {
            condition.put(key, id);
        }
        condition.put("plat_name", settings.platName());
        body.set("operation", operation());
        return body;
    }

    private ObjectNode metadata(ObjectNode label) {
        ObjectNode body = object();
        body.putObject("metadata").put("plat_name", settings.platName()).set("label", label);
        body.set("operation", operation());
        return body;
    }

    /**
     * Receivers.
     *
     * @param id null for all of this platform name
     */
    List<JsonNode> receivers(Long id) throws CallException, InterruptedException {
        return query(
                "data/query_streamto",
                condition("stream_to_id", id),
                id == null ? "list the receivers" : "read the receiver " + id);
    }

    long addReceiver(ObjectNode label, ObjectNode streamTo)
            throws CallException, InterruptedException {
        ObjectNode body = metadata(label);
        body.set("stream_to", streamTo);
        JsonNode made =
                make(
                        "data/add_streamto",
                        body,
                        "add the receiver " + streamTo.path("name").asText());
        return Lists.number(made, "stream_to_id");
    }

    void updateReceiver(long id, JsonNode streamTo) throws CallException, InterruptedException {
        ObjectNode body = condition("stream_to_id", id);
        body.putObject("specification").set("stream_to", streamTo);
        ask("data/update_streamto", body, "update the receiver " + id);
    }

    void deleteReceiver(long id) throws CallException, InterruptedException {
        client.makeOnce(
                () -> receivers(id).isEmpty() ? Optional.of(id) : Optional.empty(),
                () -> {
                    make(
                            "data/delete_streamto",
                            condition("stream_to_id", id),
                            "delete the receiver " + id);
                    return id;
                });
    }

    /** What is registered of a data id. */
    List<JsonNode> channels(long channelId) throws CallException, InterruptedException {
        return query(
                "data/query_route",
                condition("channel_id", channelId),
                "read the routes of data id " + channelId);
    }

    void addRoutes(long channelId, ObjectNode label, JsonNode routes, JsonNode filters)
            throws CallException, InterruptedException {
        ObjectNode body = metadata(label);
        body.withObjectProperty("metadata").put("channel_id", channelId);
        body.set("route", routes);
        body.set("stream_filters", filters);
        make("data/add_route", body, "add the routes of data id " + channelId);
    }

    void updateRoutes(long channelId, ObjectNode label, JsonNode routes, JsonNode filters)
            throws CallException, InterruptedException {
        ObjectNode body = condition("channel_id", channelId);
        body.withObjectProperty("condition").set("label", label);
        ObjectNode specification = body.putObject("specification");
        specification.set("route", routes);
        specification.set("stream_filters", filters);
        ask("data/update_route", body, "update the routes of data id " + channelId);
    }

    /**
     * Deletes some of a data id's routes; may be done twice.
     *
     * @param all whether nothing else is registered of the data id
     */
    void deleteRoutes(
            long channelId,
            ObjectNode label,
            boolean all,
            List<String> routes,
            List<String> filters)
            throws CallException, InterruptedException {
        ObjectNode body = condition("channel_id", channelId);
        body.withObjectProperty("condition").set("label", label);
        body.withObjectProperty("operation").put("method", all ? "all" : "specification");
        ObjectNode specification = body.putObject("specification");
        routes.forEach(specification.putArray("route")::add);
        filters.forEach(specification.putArray("stream_filters")::add);
        ask("data/delete_route", body, "delete routes of data id " + channelId);
    }
}
