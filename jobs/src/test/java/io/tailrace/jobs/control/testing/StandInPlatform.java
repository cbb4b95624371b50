package io.tailrace.jobs.control.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.jobs.control.testing.StandIn.Request;
import io.tailrace.jobs.http.Time;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The data platform's sources, cleanings and grants. */
public final class StandInPlatform {

    private static final ObjectMapper JSON = new ObjectMapper();

    final Map<Long, ObjectNode> rawData = new TreeMap<>();
    final Map<String, Cleaning> cleanings = new TreeMap<>();
    final TreeSet<String> grants = new TreeSet<>();
    private final Set<Long> authorized = new TreeSet<>(List.of(1L));
    private final Time time;
    private final StandInFlows flows;
    private long nextId = 1000;
    private Duration cleaningStart = Duration.ZERO;
    private boolean startsTwice = true;

    /** A cleaning; it runs from some time on after it was started. */
    static final class Cleaning {
        ObjectNode body;
        Instant runsFrom;
        int starts;
        ObjectNode deployed;
    }

    StandInPlatform(Time time) {
        this.time = time;
        this.flows = new StandInFlows(this, time);
    }

    public StandInFlows flows() {
        return flows;
    }

    /** What runs has to be stopped before it is started. */
    public void refuseToStartTwice() {
        startsTwice = false;
    }

    /** How long a cleaning takes to start. */
    public void cleaningStart(Duration duration) {
        cleaningStart = duration;
    }

    /** Somebody else has a raw data of this name. */
    public void foreignRawData(long bizId, String name) {
        rawData.put(
                nextId++,
                StandIn.object()
                        .put("bk_biz_id", bizId)
                        .put("foreign", true)
                        .set("access_raw_data", StandIn.object().put("raw_data_name", name)));
    }

    String contents() {
        StringBuilder text = new StringBuilder();
        rawData.forEach((id, plan) -> text.append(plan).append('\n'));
        cleanings.forEach(
                (id, each) -> {
                    ObjectNode body = each.body.deepCopy();
                    body.remove("raw_data_id");
                    text.append(id).append(body).append(each.runsFrom != null);
                    text.append(each.body.equals(each.deployed) ? "\n" : " an older version\n");
                });
        return text.append(grants).append('\n').append(flows.contents()).toString();
    }

    /** Ids of raw data with this name. */
    public List<Long> named(String name) {
        return rawData.entrySet().stream()
                .filter(each -> nameOf(each.getValue()).equals(name))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static String nameOf(JsonNode plan) {
        return plan.path("access_raw_data").path("raw_data_name").asText();
    }

    Reply serve(Request request, String path, String query) {
        if (request.method().equals("GET")) {
            Reply.need(query != null && query.contains("appenv=ieod"), "appenv in the query");
        } else {
            Reply.needFields(request.body(), "bkdata_authentication_method", "appenv");
        }
        String call = request.method() + ' ' + path;
        Matcher match;
        if (call.equals("POST /v3/access/deploy_plan/")) {
            return deploy(request.body());
        } else if ((match = match("PUT /v3/access/deploy_plan/(\\d+)", call)) != null) {
            return update(Long.parseLong(match.group(1)), request.body());
        } else if (call.equals("GET /v3/access/rawdata/")) {
            return list(parameter(query, "bk_biz_id"));
        } else if (call.equals("POST /v3/databus/cleans/")) {
            return clean(request.body());
        } else if (call.equals("GET /v3/databus/cleans/")) {
            return cleans(Long.parseLong(parameter(query, "raw_data_id")));
        } else if ((match = match("PUT /v3/databus/cleans/([^/]+)/", call)) != null) {
            Cleaning cleaning = existing(match.group(1));
            checkCleaning(request.body());
            cleaning.body = sent(request.body());
            return Reply.of(StandIn.object());
        } else if (call.equals("POST /v3/databus/tasks/")) {
            return start(request.body());
        } else if ((match = match("DELETE /v3/databus/tasks/([^/]+)/", call)) != null) {
            Reply.need(request.body().path("storages").isArray(), "storages");
            existing(match.group(1)).runsFrom = null;
            return Reply.of(StandIn.object());
        } else if ((match = match("POST /v3/auth/projects/(\\d+)/data/check/", call)) != null) {
            Reply.needFields(request.body(), "result_table_id", "action_id");
            Reply.need(
                    request.body().path("action_id").asText().equals("result_table.query_data"),
                    "a known action");
            return Reply.of(
                    grants.contains(
                            match.group(1)
                                    + ' '
                                    + request.body().path("result_table_id").asText()));
        } else if ((match = match("POST /v3/auth/projects/(\\d+)/data/add/", call)) != null) {
            Reply.needFields(request.body(), "object_id", "bk_biz_id");
            existing(request.body().path("object_id").asText());
            grants.add(match.group(1) + ' ' + request.body().path("object_id").asText());
            return Reply.of(StandIn.object());
        } else if ((match = match("GET /v3/resourcecenter/resource_sets/(\\d+)/", call)) != null) {
            return resourceSet(match.group(1));
        } else if ((match = match("PATCH /v3/resourcecenter/resource_sets/(\\d+)/", call))
                != null) {
            Reply.need(request.body().path("authorized_projects").isArray(), "projects");
            resourceSet(match.group(1));
            authorized.clear();
            request.body()
                    .path("authorized_projects")
                    .forEach(each -> authorized.add(each.asLong()));
            return Reply.of(StandIn.object());
        } else if (path.startsWith("/v3/dataflow/flow/flows")) {
            return flows.serve(request, call, query);
        }
        return Reply.notFound(path);
    }

    private Reply resourceSet(String id) {
        Reply.need(id.equals("31"), "a resource set that exists");
        ObjectNode set = StandIn.object();
        authorized.forEach(set.putArray("authorized_projects")::add);
        return Reply.of(set);
    }

    /** The projects that may use resource set 31. */
    public Set<Long> authorized() {
        return authorized;
    }

    static Matcher match(String pattern, String call) {
        Matcher matcher = Pattern.compile(pattern).matcher(call);
        return matcher.matches() ? matcher : null;
    }

    static String parameter(String query, String name) {
        for (String each : query.split("&")) {
            if (each.startsWith(name + "=")) {
                return each.substring(name.length() + 1);
            }
        }
        throw Reply.refused("needed: parameter " + name);
    }

    /** Without what every call has to say. */
    static ObjectNode sent(JsonNode body) {
        ObjectNode copy = body.deepCopy();
        copy.remove(List.of("bkdata_authentication_method", "appenv"));
        return copy;
    }

    private void checkPlan(JsonNode plan) {
        Reply.needFields(plan, "bk_biz_id", "data_scenario", "access_raw_data");
        JsonNode rawData = plan.path("access_raw_data");
        Reply.name(rawData, "raw_data_name");
        Reply.needFields(
                rawData,
                "raw_data_alias",
                "maintainer",
                "data_source",
                "data_encoding",
                "sensitivity",
                "description");
        Reply.need(
                rawData.path("data_source_tags").isArray() && rawData.path("tags").isArray(),
                "data_source_tags and tags");
        if (plan.path("data_scenario").asText().equals("queue")) {
            JsonNode scope = plan.path("access_conf_info").path("resource").path("scope").path(0);
            Reply.needFields(scope, "master", "group", "topic", "tasks", "use_sasl");
            Reply.needFields(
                    plan.path("access_conf_info").path("collection_model"),
                    "collection_type",
                    "start_at",
                    "period");
        } else {
            Reply.need(plan.path("data_scenario_id").asInt() == 47, "data_scenario_id 47");
            Reply.needFields(rawData, "preassigned_data_id");
        }
    }

    private Reply deploy(JsonNode plan) {
        checkPlan(plan);
        String name = nameOf(plan);
        boolean taken =
                rawData.values().stream()
                        .anyMatch(
                                each ->
                                        nameOf(each).equals(name)
                                                && each.path("bk_biz_id").asLong()
                                                        == plan.path("bk_biz_id").asLong());
        if (taken) {
            throw Reply.refused("raw data name " + name + " already exists");
        }
        long preassigned = plan.path("access_raw_data").path("preassigned_data_id").asLong();
        long id = preassigned == 0 ? nextId++ : preassigned;
        Reply.need(!rawData.containsKey(id), "a data id that is not deployed");
        rawData.put(id, sent(plan));
        return Reply.of(StandIn.object().put("raw_data_id", id));
    }

    private Reply update(long id, JsonNode plan) {
        checkPlan(plan);
        Reply.need(rawData.containsKey(id), "an existing raw data id");
        Reply.need(nameOf(rawData.get(id)).equals(nameOf(plan)), "the same name");
        rawData.put(id, sent(plan));
        return Reply.of(StandIn.object().put("raw_data_id", id));
    }

    private Reply list(String bizId) {
        List<ObjectNode> all = new ArrayList<>();
        rawData.forEach(
                (id, plan) -> {
                    boolean seen = !plan.path("foreign").asBoolean();
                    if (seen && plan.path("bk_biz_id").asText().equals(bizId)) {
                        all.add(
                                StandIn.object()
                                        .put("id", id)
                                        .put("raw_data_name", nameOf(plan))
                                        .put("bk_biz_id", plan.path("bk_biz_id").asLong()));
                    }
                });
        return Reply.of(all);
    }

    private void checkCleaning(JsonNode body) {
        Reply.needFields(
                body, "raw_data_id", "bk_biz_id", "json_config", "result_table_name_alias");
        Reply.name(body, "clean_config_name");
        Reply.name(body, "result_table_name");
        Reply.need(body.path("json_config").isTextual(), "json_config as text");
        try {
            Reply.need(JSON.readTree(body.path("json_config").asText()).isObject(), "JSON in it");
        } catch (JsonProcessingException wrong) {
            throw Reply.refused("needed: JSON in json_config");
        }
        Reply.need(!body.path("fields").isEmpty(), "fields");
        for (JsonNode field : body.path("fields")) {
            Reply.needFields(
                    field,
                    "field_name",
                    "field_type",
                    "field_alias",
                    "is_dimension",
                    "field_index");
        }
        Reply.need(
                rawData.containsKey(body.path("raw_data_id").asLong()), "an existing raw data id");
    }

    private Reply clean(JsonNode body) {
        checkCleaning(body);
        String id = body.path("bk_biz_id").asLong() + "_" + body.path("result_table_name").asText();
        boolean nameTaken =
                cleanings.values().stream()
                        .anyMatch(
                                each ->
                                        each.body
                                                .path("clean_config_name")
                                                .equals(body.path("clean_config_name")));
        if (cleanings.containsKey(id) || nameTaken) {
            throw Reply.refused("result table " + id + " already exists");
        }
        Cleaning cleaning = new Cleaning();
        cleaning.body = sent(body);
        cleanings.put(id, cleaning);
        return Reply.of(StandIn.object().put("id", nextId++).put("result_table_id", id));
    }

    private String status(Cleaning cleaning) {
        if (cleaning.runsFrom == null) {
            return "stopped";
        }
        return time.now().isBefore(cleaning.runsFrom) ? "starting" : "running";
    }

    boolean runs(String table) {
        return cleanings.containsKey(table) && status(cleanings.get(table)).equals("running");
    }

    private Reply cleans(long rawDataId) {
        List<ObjectNode> all = new ArrayList<>();
        cleanings.forEach(
                (id, each) -> {
                    if (each.body.path("raw_data_id").asLong() == rawDataId) {
                        all.add(
                                StandIn.object()
                                        .put("processing_id", id)
                                        .put("status", status(each)));
                    }
                });
        return Reply.of(all);
    }

    private Cleaning existing(String table) {
        Reply.need(cleanings.containsKey(table), "an existing result table");
        return cleanings.get(table);
    }

    private Reply start(JsonNode body) {
        Reply.needFields(body, "result_table_id");
        Reply.need(body.path("storages").path(0).asText().equals("kafka"), "storages [kafka]");
        Cleaning cleaning = existing(body.path("result_table_id").asText());
        cleaning.starts++;
        if (cleaning.runsFrom == null) {
            cleaning.runsFrom = time.now().plus(cleaningStart);
        } else if (!startsTwice) {
            throw Reply.refused("the task of " + body.path("result_table_id") + " is running");
        }
        cleaning.deployed = cleaning.body;
        return Reply.of(StandIn.object());
    }

    /** Whether a cleaning is there, and does not run. */
    public boolean isStopped(String table) {
        return status(existing(table)).equals("stopped");
    }

    /** How often a cleaning was started. */
    public int starts(String table) {
        return existing(table).starts;
    }
}
