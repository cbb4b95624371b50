package io.tailrace.jobs.control.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.jobs.control.testing.StandIn.Request;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** GSE, at its newer and its older address. */
public final class StandInGse {

    private static final Set<String> MODES = Set.of("kafka", "redis", "pulsar", "file");

    private final Map<Long, ObjectNode> receivers = new TreeMap<>();
    private final Map<Long, ObjectNode> channels = new TreeMap<>();
    private final Set<String> lost = new TreeSet<>();
    private final List<JsonNode> dispatched = new ArrayList<>();
    private long nextReceiver = 1;
    private int failingUpdates;
    private boolean unknownIsAnError;

    /** So many updates of receivers and routes are done by half, and fail. */
    public void failUpdates(int updates) {
        failingUpdates = updates;
    }

    /** Answers with a code where nothing is known of an id, as some sites do. */
    public void unknownIsAnError() {
        unknownIsAnError = true;
    }

    /** The agent of a host, as {@code cloud:ip} or by its id, is not alive. */
    public void lose(String host) {
        lost.add(host);
    }

    public List<JsonNode> dispatched() {
        return dispatched;
    }

    public Map<Long, ObjectNode> channels() {
        return channels;
    }

    public Map<Long, ObjectNode> receivers() {
        return receivers;
    }

    String contents() {
        return "receivers " + receivers + "\nchannels " + channels;
    }

    Reply serve(Request request, String path, boolean older) {
        if (!request.method().equals("POST")) {
            return Reply.notFound(path);
        }
        JsonNode body = request.body();
        return switch (older ? newer(path) : path) {
            case "data/add_streamto" -> addReceiver(body);
            case "data/update_streamto" -> updateReceiver(body);
            case "data/delete_streamto" -> deleteReceiver(body);
            case "data/query_streamto" -> queryReceivers(body);
            case "data/add_route" -> addRoutes(body);
            case "data/update_route" -> updateRoutes(body);
            case "data/delete_route" -> deleteRoutes(body);
            case "data/query_route" -> queryRoutes(body);
            case "get_agent_status" -> agentStatus(body);
            case "cluster/list_agent_state" -> agentStates(body);
            case "get_proc_status" -> processes(body);
            case "cluster/dispatch_message" -> dispatch(body);
            default -> Reply.notFound(path);
        };
    }

    /** {@code config_add_route/} is {@code data/add_route}. */
    private static String newer(String path) {
        if (!path.endsWith("/") || path.startsWith("data/") || path.startsWith("cluster/")) {
            return "unknown";
        }
        String action = path.substring(0, path.length() - 1);
        if (action.startsWith("config_")) {
            return "data/" + action.substring("config_".length());
        }
        return action.startsWith("get_") ? action : "cluster/" + action;
    }

    private static void checkOperation(JsonNode body) {
        Reply.needFields(body.path("operation"), "operator_name");
    }

    private static void checkMetadata(JsonNode body) {
        checkOperation(body);
        Reply.needFields(body.path("metadata"), "plat_name");
        Reply.need(body.path("metadata").path("label").isObject(), "metadata.label");
    }

    private static void checkCondition(JsonNode body, String... fields) {
        checkOperation(body);
        Reply.needFields(body.path("condition"), "plat_name");
        Reply.needFields(body.path("condition"), fields);
    }

    private void checkReceiver(JsonNode streamTo, long self) {
        String name = Reply.name(streamTo, "name");
        String mode = streamTo.path("report_mode").asText();
        Reply.need(MODES.contains(mode), "a known report_mode");
        if (mode.equals("file")) {
            Reply.needFields(streamTo, "data_log_path");
        } else {
            JsonNode address = streamTo.path(mode).path("storage_address").path(0);
            Reply.needFields(address, "ip", "port");
            Reply.need(address.path("port").isInt(), "port as a number");
        }
        receivers.forEach(
                (id, each) -> {
                    if (id != self && each.path("stream_to").path("name").asText().equals(name)) {
                        throw Reply.refused("stream_to name " + name + " is duplicate");
                    }
                });
    }

    private Reply addReceiver(JsonNode body) {
        checkMetadata(body);
        checkReceiver(body.path("stream_to"), 0);
        long id = nextReceiver++;
        ObjectNode receiver = StandIn.object();
        ObjectNode metadata = body.path("metadata").deepCopy();
        receiver.set("metadata", metadata.put("stream_to_id", id));
        receiver.set("stream_to", body.path("stream_to").deepCopy());
        receivers.put(id, receiver);
        return Reply.of(StandIn.object().put("stream_to_id", id));
    }

    private ObjectNode receiver(JsonNode body) {
        checkCondition(body, "stream_to_id");
        long id = body.path("condition").path("stream_to_id").asLong();
        Reply.need(receivers.containsKey(id), "a stream_to_id that there is");
        return receivers.get(id);
    }

    private Reply updateReceiver(JsonNode body) {
        ObjectNode receiver = receiver(body);
        JsonNode wanted = body.path("specification").path("stream_to");
        checkReceiver(wanted, receiver.path("metadata").path("stream_to_id").asLong());
        if (failingUpdates > 0) {
            failingUpdates--;
            receiver.withObjectProperty("stream_to")
                    .put("report_mode", wanted.path("report_mode").asText())
                    .remove("kafka");
            throw Reply.refused("zookeeper session expired");
        }
        receiver.set("stream_to", wanted.deepCopy());
        return Reply.of(StandIn.object());
    }

    private Reply deleteReceiver(JsonNode body) {
        ObjectNode receiver = receiver(body);
        long id = receiver.path("metadata").path("stream_to_id").asLong();
        for (ObjectNode channel : channels.values()) {
            for (JsonNode route : channel.path("route")) {
                Reply.need(
                        route.path("stream_to").path("stream_to_id").asLong() != id,
                        "a receiver without routes");
            }
        }
        receivers.remove(id);
        return Reply.of(StandIn.object());
    }

    private Reply unknown() {
        return unknownIsAnError
                ? Reply.refusal("1014505", "nothing of that id")
                : Reply.of(List.of());
    }

    private Reply queryReceivers(JsonNode body) {
        checkCondition(body);
        JsonNode id = body.path("condition").path("stream_to_id");
        if (id.isMissingNode()) {
            return Reply.of(List.copyOf(receivers.values()));
        }
        ObjectNode found = receivers.get(id.asLong());
        return found == null ? unknown() : Reply.of(List.of(found));
    }

    private void checkRoutes(JsonNode routes, JsonNode filters) {
        Set<String> filterNames = new TreeSet<>();
        for (JsonNode filter : filters) {
            Reply.needFields(filter, "field_data_type", "field_data_value", "field_separator");
            Reply.needFields(filter, "field_index", "field_in");
            Reply.need(filterNames.add(Reply.name(filter, "name")), "filters of other names");
        }
        Set<String> names = new TreeSet<>();
        for (JsonNode route : routes) {
            Reply.need(names.add(Reply.name(route, "name")), "routes of other names");
            long to = route.path("stream_to").path("stream_to_id").asLong();
            Reply.need(receivers.containsKey(to), "a stream_to_id that there is");
            for (String key : List.of("filter_name_and", "filter_name_or")) {
                for (JsonNode each : route.path(key)) {
                    Reply.need(filterNames.contains(each.asText()), "filters that there are");
                }
            }
        }
    }

    private Reply addRoutes(JsonNode body) {
        checkMetadata(body);
        Reply.needFields(body.path("metadata"), "channel_id");
        Reply.need(!body.path("route").isEmpty(), "routes");
        checkRoutes(body.path("route"), body.path("stream_filters"));
        long id = body.path("metadata").path("channel_id").asLong();
        if (channels.containsKey(id)) {
            throw Reply.refused("channel " + id + " already exists");
        }
        ObjectNode channel = StandIn.object();
        channel.set("metadata", body.path("metadata").deepCopy());
        channel.set("route", body.path("route").deepCopy());
        channel.set("stream_filters", body.path("stream_filters").deepCopy());
        channels.put(id, channel);
        return Reply.of(StandIn.object().put("channel_id", id));
    }

    private ObjectNode channel(JsonNode body) {
        checkCondition(body, "channel_id", "label");
        long id = body.path("condition").path("channel_id").asLong();
        Reply.need(channels.containsKey(id), "a channel_id that there is");
        return channels.get(id);
    }

    private Reply updateRoutes(JsonNode body) {
        ObjectNode channel = channel(body);
        JsonNode specification = body.path("specification");
        checkRoutes(specification.path("route"), specification.path("stream_filters"));
        if (failingUpdates > 0) {
            failingUpdates--;
            // Half of it was done.
            channel.putArray("route");
            throw Reply.refused("zookeeper session expired");
        }
        channel.set("route", specification.path("route").deepCopy());
        channel.set("stream_filters", specification.path("stream_filters").deepCopy());
        return Reply.of(StandIn.object());
    }

    private Reply deleteRoutes(JsonNode body) {
        ObjectNode channel = channel(body);
        String method = body.path("operation").path("method").asText();
        Reply.need(method.equals("all") || method.equals("specification"), "a known method");
        if (method.equals("all")) {
            channels.values().remove(channel);
            return Reply.of(StandIn.object());
        }
        for (String kind : List.of("route", "stream_filters")) {
            Set<String> names = new TreeSet<>();
            body.path("specification").path(kind).forEach(each -> names.add(each.asText()));
            List<JsonNode> kept = new ArrayList<>();
            channel.path(kind)
                    .forEach(
                            each -> {
                                if (!names.contains(each.path("name").asText())) {
                                    kept.add(each);
                                }
                            });
            kept.forEach(channel.putArray(kind)::add);
        }
        return Reply.of(StandIn.object());
    }

    private Reply queryRoutes(JsonNode body) {
        checkCondition(body, "channel_id");
        ObjectNode found = channels.get(body.path("condition").path("channel_id").asLong());
        return found == null ? unknown() : Reply.of(List.of(found));
    }

    private Reply agentStatus(JsonNode body) {
        Reply.need(!body.path("hosts").isEmpty(), "hosts");
        ObjectNode answer = StandIn.object();
        for (JsonNode host : body.path("hosts")) {
            Reply.needFields(host, "ip", "bk_cloud_id");
            String key = host.path("bk_cloud_id").asText() + ':' + host.path("ip").asText();
            answer.putObject(key).put("bk_agent_alive", lost.contains(key) ? 0 : 1);
        }
        return Reply.of(answer);
    }

    private Reply agentStates(JsonNode body) {
        Reply.need(!body.path("agent_id_list").isEmpty(), "agent_id_list");
        List<ObjectNode> states = new ArrayList<>();
        for (JsonNode id : body.path("agent_id_list")) {
            states.add(
                    StandIn.object()
                            .put("bk_agent_id", id.asText())
                            .put("status_code", lost.contains(id.asText()) ? -1 : 2));
        }
        return Reply.of(states);
    }

    private Reply processes(JsonNode body) {
        Reply.needFields(body.path("meta"), "namespace", "name", "labels");
        Reply.needFields(body.path("meta").path("labels"), "proc_name");
        Reply.need(!body.path("hosts").isEmpty() || !body.path("agent_id_list").isEmpty(), "hosts");
        List<ObjectNode> states = new ArrayList<>();
        for (JsonNode host : body.path("hosts")) {
            ObjectNode state = host.deepCopy();
            states.add(state.put("status", 1).put("version", "1.2.3"));
        }
        ObjectNode answer = StandIn.object();
        states.forEach(answer.withArrayProperty("proc_infos")::add);
        return Reply.of(answer);
    }

    private Reply dispatch(JsonNode body) {
        Reply.needFields(body, "message_id", "content", "slot_id", "token");
        Reply.need(body.path("message_id").asText().length() <= 64, "a shorter message_id");
        Reply.need(!body.path("agent_id_list").isEmpty(), "agent_id_list");
        dispatched.add(body);
        ObjectNode answer = StandIn.object();
        for (JsonNode id : body.path("agent_id_list")) {
            boolean isLost = lost.contains(id.asText());
            answer.putObject(id.asText())
                    .put("error_code", isLost ? 111 : 0)
                    .put("error_msg", isLost ? "agent is lost" : "success");
        }
        return Reply.of(answer);
    }
}
