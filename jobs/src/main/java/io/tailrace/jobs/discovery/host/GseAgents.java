package io.tailrace.jobs.discovery.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Asks GSE whether agents live, for many at a time. */
final class GseAgents implements Inquiry<AgentAddress, Boolean> {

    private static final int RUNNING = 2;

    private final ObjectMapper json = new ObjectMapper();
    private final GseSettings settings;
    private final HttpCalls calls;
    private final String authorization;

    GseAgents(GseSettings settings) {
        this.settings = settings;
        calls = new HttpCalls(settings.timeout());
        authorization =
                json.createObjectNode()
                        .put("bk_app_code", settings.appCode())
                        .put("bk_app_secret", settings.appSecret())
                        .put("bk_username", settings.username())
                        .toString();
    }

    @Override
    public int most() {
        return settings.batch();
    }

    @Override
    public Map<AgentAddress, Boolean> ask(List<AgentAddress> agents)
            throws IOException, InterruptedException {
        return switch (settings.call()) {
            case LIST_AGENT_STATE -> listAgentState(agents);
            case GET_AGENT_STATUS -> getAgentStatus(agents);
        };
    }

    private Map<AgentAddress, Boolean> listAgentState(List<AgentAddress> agents)
            throws IOException, InterruptedException {
        ObjectNode body = json.createObjectNode();
        ArrayNode ids = body.putArray("agent_id_list");
        agents.stream().map(AgentAddress::id).distinct().forEach(ids::add);
        Map<String, Boolean> alive = new HashMap<>();
        for (JsonNode state : data("cluster/list_agent_state", body)) {
            alive.put(
                    state.path("bk_agent_id").asText(),
                    state.path("status_code").asInt() == RUNNING);
        }
        Map<AgentAddress, Boolean> answers = new HashMap<>();
        for (AgentAddress agent : agents) {
            put(answers, agent, alive.get(agent.id()));
        }
        return answers;
    }

    private Map<AgentAddress, Boolean> getAgentStatus(List<AgentAddress> agents)
            throws IOException, InterruptedException {
        ObjectNode body = json.createObjectNode();
        ArrayNode hosts = body.putArray("hosts");
        agents.stream()
                .map(agent -> Map.entry(agent.cloudId(), agent.host().ip()))
                .distinct()
                .forEach(
                        host ->
                                hosts.addObject()
                                        .put("ip", host.getValue())
                                        .put("bk_cloud_id", host.getKey()));
        JsonNode data = data("get_agent_status", body);
        Map<AgentAddress, Boolean> answers = new HashMap<>();
        for (AgentAddress agent : agents) {
            JsonNode alive = data.path(agent.cloudAndIp()).path("bk_agent_alive");
            put(answers, agent, alive.isMissingNode() ? null : (Boolean) (alive.asInt() == 1));
        }
        return answers;
    }

    private static void put(Map<AgentAddress, Boolean> answers, AgentAddress agent, Boolean alive) {
        if (alive != null) {
            answers.put(agent, alive);
        }
    }

    private JsonNode data(String action, ObjectNode body) throws IOException, InterruptedException {
        boolean slash = settings.url().endsWith("/");
        // Older sites have their calls below a slash, and answer others with a redirection.
        String end = settings.call() == GseSettings.Call.GET_AGENT_STATUS ? "/" : "";
        URI uri = URI.create(settings.url() + (slash ? "" : "/") + action + end);
        JsonNode answer =
                calls.answer(
                        HttpRequest.newBuilder(uri)
                                .timeout(settings.timeout())
                                .header("User-Agent", "tailrace")
                                .header("Content-Type", "application/json")
                                .header("X-Bkapi-Authorization", authorization)
                                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                                .build());
        // Newer sites have no result, but a code; both say nothing wrong by 0.
        String code = answer.path("code").asText();
        boolean good = answer.path("result").asBoolean(code.matches("0*"));
        if (!good || answer.path("data").isMissingNode()) {
            throw new IOException(
                    "%s answers code %s: %s"
                            .formatted(
                                    HttpCalls.address(uri.toString()),
                                    code,
                                    answer.path("message").asText()));
        }
        return answer.path("data");
    }

    @Override
    public void close() {}
}
