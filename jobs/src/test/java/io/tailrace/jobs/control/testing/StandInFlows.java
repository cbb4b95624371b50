package io.tailrace.jobs.control.testing;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.regex.Matcher;

/** The data platform's flows: what runs is what was there at the last start. */
public final class StandInFlows {

    private static final String ROOT = "/v3/dataflow/flow/flows";
    private static final Set<String> MODES = Set.of("from_head", "from_tail", "continue");
    private static final Map<String, List<String>> FIELDS =
            Map.of(
                    "stream_source", List.of("bk_biz_id", "result_table_id"),
                    "realtime", List.of("table_name", "sql", "window_type", "count_freq"),
                    "flink_streaming",
                            List.of("table_name", "programming_language", "code", "user_args"),
                    "tspider_storage", List.of("cluster", "expires", "result_table_id"),
                    "elastic_storage", List.of("cluster", "expires", "result_table_id"));

    private final StandInPlatform platform;
    private final Time time;
    private final Map<Long, Flow> flows = new TreeMap<>();
    private final List<String> actions = new ArrayList<>();
    private long nextFlow = 1;
    private long nextNode = 1;
    private String refusal;
    private Duration stopping = Duration.ZERO;

    private static final class Flow {
        String name;
        long project;
        final Map<Long, ObjectNode> nodes = new TreeMap<>();
        String status = "no-start";
        Instant stopsAt;
        String deployed = "";

        String configured() {
            StringBuilder text = new StringBuilder();
            nodes.values().forEach(each -> text.append(each.path("config")));
            return text.toString();
        }
    }

    StandInFlows(StandInPlatform platform, Time time) {
        this.platform = platform;
        this.time = time;
    }

    /** Flows that are started fail, and say so; null for none. */
    public void failWith(String message) {
        refusal = message;
    }

    /** How long a flow takes to stop. */
    public void stopping(Duration duration) {
        stopping = duration;
    }

    /** Starts, restarts and stops, with their modes. */
    public List<String> actions() {
        return actions;
    }

    public String status(String name) {
        return flows.values().stream()
                .filter(each -> each.name.equals(name))
                .map(this::status)
                .findFirst()
                .orElse("none");
    }

    /** A flow that runs no more, without having been asked to. */
    public void fail(String name) {
        flows.values().stream()
                .filter(each -> each.name.equals(name))
                .forEach(each -> each.status = "failure");
    }

    /** Somebody else's flow, in a project that nobody here sees. */
    public void foreign(String name) {
        Flow flow = new Flow();
        flow.name = name;
        flow.project = -1;
        flows.put(nextFlow++, flow);
    }

    public List<String> sql() {
        List<String> all = new ArrayList<>();
        for (Flow flow : flows.values()) {
            for (ObjectNode node : flow.nodes.values()) {
                if (node.path("config").has("sql")) {
                    all.add(node.path("config").path("sql").asText());
                }
            }
        }
        return all;
    }

    /** The nodes of a flow, as they were sent. */
    public List<JsonNode> nodes(String name) {
        return flows.values().stream()
                .filter(each -> each.name.equals(name))
                .flatMap(each -> each.nodes.values().stream().map(node -> (JsonNode) node))
                .toList();
    }

    String contents() {
        StringBuilder text = new StringBuilder();
        for (Flow flow : flows.values()) {
            text.append(flow.name).append(' ').append(status(flow)).append('\n');
            flow.nodes
                    .values()
                    .forEach(
                            each ->
                                    text.append(each.path("node_type"))
                                            .append(each.path("config"))
                                            .append('\n'));
            boolean current = flow.deployed.equals(flow.configured());
            text.append(current ? "as configured\n" : "an older version\n");
        }
        return text.toString();
    }

    private String status(Flow flow) {
        if (flow.stopsAt != null && !time.now().isBefore(flow.stopsAt)) {
            flow.status = "no-start";
            flow.stopsAt = null;
        }
        return flow.status;
    }

    Reply serve(Request request, String call, String query) {
        JsonNode body = request.body();
        if (call.equals("GET " + ROOT)) {
            return list(StandInPlatform.parameter(query, "project_id"));
        } else if (call.equals("POST " + ROOT + "/")) {
            return create(body);
        }
        Matcher match = StandInPlatform.match("(\\w+) " + ROOT + "/(\\d+)(/.*)?", call);
        if (match == null) {
            return Reply.notFound(call);
        }
        long id = Long.parseLong(match.group(2));
        Flow flow = flows.get(id);
        Reply.need(flow != null, "a flow that exists; " + id + " is not found");
        String action = match.group(1) + (match.group(3) == null ? "" : match.group(3));
        return switch (action) {
            case "GET" -> Reply.of(shown(id, flow));
            case "DELETE" -> delete(id, flow);
            case "GET/graph" -> graph(flow);
            case "POST/nodes/" -> addNode(flow, body);
            case "POST/start/" -> {
                Reply.need(status(flow).equals("no-start"), "a flow that is stopped");
                yield start("start", flow, body);
            }
            case "POST/restart/" -> start("restart", flow, body);
            case "POST/stop/" -> stop(flow);
            case "GET/latest_deploy_data/" -> latest(flow);
            default -> {
                Matcher node = StandInPlatform.match("PUT/nodes/(\\d+)", action);
                yield node == null
                        ? Reply.notFound(call)
                        : updateNode(flow, Long.parseLong(node.group(1)), body);
            }
        };
    }

    private Reply delete(long id, Flow flow) {
        Reply.need(status(flow).equals("no-start"), "a flow that is stopped");
        flows.remove(id);
        return Reply.of(StandIn.object());
    }

    private Reply stop(Flow flow) {
        Reply.need(!status(flow).equals("no-start"), "a flow that runs");
        actions.add("stop " + flow.name);
        flow.status = "stopping";
        flow.stopsAt = time.now().plus(stopping);
        return Reply.of(StandIn.object());
    }

    private ObjectNode shown(long id, Flow flow) {
        return StandIn.object()
                .put("flow_id", id)
                .put("flow_name", flow.name)
                .put("project_id", flow.project)
                .put("status", status(flow));
    }

    private Reply list(String project) {
        List<ObjectNode> all = new ArrayList<>();
        flows.forEach(
                (id, flow) -> {
                    if (Long.toString(flow.project).equals(project)) {
                        all.add(shown(id, flow));
                    }
                });
        return Reply.of(all);
    }

    private Reply create(JsonNode body) {
        String name = Reply.name(body, "flow_name");
        Reply.needFields(body, "project_id");
        if (flows.values().stream().anyMatch(each -> each.name.equals(name))) {
            throw Reply.refused("a flow named " + name + " already exists");
        }
        Flow flow = new Flow();
        flow.name = name;
        flow.project = body.path("project_id").asLong();
        long id = nextFlow++;
        flows.put(id, flow);
        return Reply.of(StandIn.object().put("flow_id", id));
    }

    private Reply graph(Flow flow) {
        List<ObjectNode> nodes = new ArrayList<>();
        flow.nodes.forEach(
                (id, node) -> {
                    ObjectNode shown =
                            StandIn.object()
                                    .put("node_id", id)
                                    .put("node_type", node.path("node_type").asText());
                    shown.set("node_config", node.path("config"));
                    nodes.add(shown);
                });
        ObjectNode graph = StandIn.object();
        nodes.forEach(graph.withArrayProperty("nodes")::add);
        return Reply.of(graph);
    }

    private void checkNode(Flow flow, JsonNode body) {
        Reply.needFields(body, "node_type", "config", "frontend_info");
        Reply.need(body.path("from_links").isArray(), "from_links");
        Reply.needFields(body.path("frontend_info"), "x", "y");
        String type = body.path("node_type").asText();
        JsonNode config = body.path("config");
        Reply.name(config, "name");
        Reply.need(FIELDS.containsKey(type), "a known node_type");
        FIELDS.get(type).forEach(field -> Reply.needFields(config, field));
        if (config.has("table_name")) {
            Reply.name(config, "table_name");
        }
        boolean source = type.equals("stream_source");
        Reply.need(source == body.path("from_links").isEmpty(), "links, and none of a source");
        for (JsonNode link : body.path("from_links")) {
            Reply.needFields(link.path("source"), "node_id", "id", "arrow");
            Reply.needFields(link.path("target"), "id", "arrow");
            Reply.need(
                    flow.nodes.containsKey(link.path("source").path("node_id").asLong()),
                    "a node to link from");
        }
        if (source) {
            Reply.need(
                    platform.cleanings.containsKey(config.path("result_table_id").asText()),
                    "an existing result table");
        }
    }

    private Reply addNode(Flow flow, JsonNode body) {
        checkNode(flow, body);
        long id = nextNode++;
        flow.nodes.put(id, StandInPlatform.sent(body));
        return Reply.of(StandIn.object().put("node_id", id));
    }

    private Reply updateNode(Flow flow, long id, JsonNode body) {
        Reply.need(flow.nodes.containsKey(id), "a node that exists");
        checkNode(flow, body);
        flow.nodes.put(id, StandInPlatform.sent(body));
        return Reply.of(StandIn.object().put("node_id", id));
    }

    private Reply start(String action, Flow flow, JsonNode body) {
        Reply.needFields(body, "consuming_mode", "cluster_group");
        String mode = body.path("consuming_mode").asText();
        Reply.need(MODES.contains(mode), "a known consuming_mode");
        Reply.need(!flow.nodes.isEmpty(), "nodes");
        for (ObjectNode node : flow.nodes.values()) {
            if (node.path("node_type").asText().equals("stream_source")) {
                String table = node.path("config").path("result_table_id").asText();
                if (!platform.grants.contains(flow.project + " " + table)) {
                    throw Reply.refused("project has no permission on " + table);
                }
                Reply.need(platform.runs(table), "a cleaning that runs");
            }
        }
        actions.add(action + ' ' + flow.name + ' ' + mode);
        flow.status = refusal == null ? "running" : "failure";
        flow.deployed = flow.configured();
        return Reply.of(StandIn.object());
    }

    private Reply latest(Flow flow) {
        ObjectNode latest =
                StandIn.object()
                        .put("status", status(flow).equals("failure") ? "failure" : "success");
        if (refusal != null) {
            latest.withArrayProperty("logs")
                    .addObject()
                    .put("level", "INFO")
                    .put("message", "deploying");
            latest.withArrayProperty("logs")
                    .addObject()
                    .put("level", "ERROR")
                    .put("message", refusal);
        }
        return Reply.of(latest);
    }
}
