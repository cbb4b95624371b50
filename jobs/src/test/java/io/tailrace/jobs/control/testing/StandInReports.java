package io.tailrace.jobs.control.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.jobs.control.testing.StandIn.Request;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The push endpoint, and the monitoring's groups of custom metrics. */
public final class StandInReports {

    private static final int MOST = 500;
    private static final String TOKEN = "token-of-reports-91c2";

    private final List<JsonNode> items = new ArrayList<>();
    private final List<Integer> batches = new ArrayList<>();
    private final Map<String, ObjectNode> groups = new TreeMap<>();

    /** What pushes must show. */
    public static String token() {
        return TOKEN;
    }

    /** All events and metrics that came. */
    public List<JsonNode> items() {
        return List.copyOf(items);
    }

    public List<Integer> batches() {
        return List.copyOf(batches);
    }

    public List<String> groups() {
        return List.copyOf(groups.keySet());
    }

    /** The events of a name. */
    public List<JsonNode> events(String name) {
        return items.stream()
                .filter(each -> each.path("event_name").asText().equals(name))
                .toList();
    }

    Reply push(Request request) {
        JsonNode body = request.body();
        Reply.need(request.method().equals("POST"), "POST");
        Reply.needFields(body, "data_id", "access_token");
        Reply.need(body.path("access_token").asText().equals(TOKEN), "the right token");
        JsonNode data = body.path("data");
        Reply.need(data.isArray() && !data.isEmpty(), "data");
        Reply.need(data.size() <= MOST, "at most 500 items");
        for (JsonNode item : data) {
            Reply.needFields(item, "target", "timestamp", "dimension");
            Reply.need(item.path("timestamp").asLong() > 1_000_000_000_000L, "milliseconds");
            if (item.has("metrics")) {
                item.path("metrics").forEach(each -> Reply.need(each.isNumber(), "numbers"));
            } else {
                Reply.needFields(item, "event_name");
                Reply.needFields(item.path("event"), "content");
            }
            items.add(item);
        }
        batches.add(data.size());
        return Reply.of(StandIn.object());
    }

    Reply groups(Request request, String path, String query) {
        String call = request.method() + ' ' + path;
        if (call.equals("GET /app/custom_metric/detail/")) {
            ObjectNode group = groups.get(StandInPlatform.parameter(query, "name"));
            return group == null
                    ? Reply.refusal("3300009", "the group does not exist")
                    : Reply.of(group);
        } else if (call.equals("POST /app/custom_metric/create/")) {
            Reply.needFields(request.body(), "bk_biz_id", "scenario");
            String name = Reply.name(request.body(), "name");
            Reply.need(!groups.containsKey(name), "a name that does not exist already");
            groups.put(
                    name,
                    StandIn.object()
                            .put("name", name)
                            .put("bk_data_id", 1_573_000 + groups.size())
                            .put("access_token", TOKEN));
            return Reply.of(groups.get(name));
        }
        return Reply.notFound(path);
    }
}
