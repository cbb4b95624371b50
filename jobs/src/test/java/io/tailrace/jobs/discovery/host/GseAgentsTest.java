package io.tailrace.jobs.discovery.host;

import com.fasterxml.jackson.databind.JsonNode;
import io.tailrace.jobs.discovery.host.GseSettings.Call;
import io.tailrace.jobs.testing.JsonServer;
import io.tailrace.jobs.testing.JsonServer.Reply;
import io.tailrace.jobs.testing.JsonServer.Request;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The state of agents, by both calls that sites have. */
final class GseAgentsTest {

    private static final AgentAddress RUNS = agent("10.0.0.1", "agent-1");
    private static final AgentAddress RESTS = agent("10.0.0.2", "");
    private static final AgentAddress UNKNOWN = agent("10.0.0.3", "agent-3");
    private static final Map<AgentAddress, Boolean> ANSWERS = Map.of(RUNS, true, RESTS, false);

    private static AgentAddress agent(String ip, String id) {
        return new AgentAddress(new HostAddress(2, ip), 5, id);
    }

    static GseSettings settings(String url, Call call) {
        return new GseSettings(
                url,
                call,
                "apm",
                "hidden",
                "admin",
                100,
                Duration.ofMillis(300),
                Duration.ofSeconds(10));
    }

    static void assertAuthorized(Request request) {
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.header("X-Bkapi-Authorization"))
                .isEqualTo(
                        "{\"bk_app_code\":\"apm\",\"bk_app_secret\":\"hidden\","
                                + "\"bk_username\":\"admin\"}");
        assertThat(request.header("Content-Type")).isEqualTo("application/json");
    }

    @Test
    void newerSitesAreAskedByTheIdsOfAgents() throws Exception {
        try (JsonServer server =
                        new JsonServer(
                                request -> {
                                    assertAuthorized(request);
                                    assertThat(request.target())
                                            .isEqualTo("/v2/cluster/list_agent_state");
                                    assertThat(request.body().toString())
                                            .isEqualTo(
                                                    "{\"agent_id_list\":[\"agent-1\",\"5:10.0.0.2\","
                                                            + "\"agent-3\"]}");
                                    return Reply.of(
                                            """
                                            {"code": 0, "message": "", "data": [
                                                {"bk_agent_id": "5:10.0.0.2", "status_code": 3},
                                                {"bk_agent_id": "agent-1", "status_code": 2}]}
                                            """);
                                });
                GseAgents agents =
                        new GseAgents(settings(server.url() + "/v2", Call.LIST_AGENT_STATE))) {
            assertThat(agents.ask(List.of(RUNS, RESTS, UNKNOWN))).isEqualTo(ANSWERS);
            assertThat(server.faults()).isEmpty();
        }
    }

    @Test
    void olderSitesAreAskedByHost() throws Exception {
        try (JsonServer server =
                        new JsonServer(
                                request -> {
                                    assertAuthorized(request);
                                    assertThat(request.target())
                                            .isEqualTo("/gse/get_agent_status/");
                                    List<String> ips =
                                            request.body().path("hosts").findValuesAsText("ip");
                                    assertThat(ips)
                                            .containsExactly("10.0.0.1", "10.0.0.2", "10.0.0.3");
                                    for (JsonNode host : request.body().path("hosts")) {
                                        assertThat(host.path("bk_cloud_id").intValue())
                                                .isEqualTo(5);
                                    }
                                    return Reply.of(
                                            """
                                            {"result": true, "code": "00", "data": {
                                                "5:10.0.0.1": {"bk_agent_alive": 1},
                                                "5:10.0.0.2": {"bk_agent_alive": 0}}}
                                            """);
                                });
                GseAgents agents =
                        new GseAgents(settings(server.url() + "/gse/", Call.GET_AGENT_STATUS))) {
            assertThat(agents.ask(List.of(RUNS, RESTS, UNKNOWN))).isEqualTo(ANSWERS);
            assertThat(server.faults()).isEmpty();
        }
    }

    @Test
    void aFailureIsToldWithoutTheSecret() throws Exception {
        try (JsonServer server =
                        new JsonServer(
                                request ->
                                        Reply.of(
                                                "{\"result\": false, \"code\": 1640001, \"message\":"
                                                        + " \"no permission\", \"data\": null}"));
                GseAgents agents = new GseAgents(settings(server.url(), Call.LIST_AGENT_STATE))) {
            assertThatThrownBy(() -> agents.ask(List.of(RUNS)))
                    .isInstanceOf(IOException.class)
                    .hasMessage(
                            server.url()
                                    + "/cluster/list_agent_state answers code 1640001: no"
                                    + " permission");
            assertThat(settings(server.url(), Call.LIST_AGENT_STATE).toString())
                    .doesNotContain("hidden");
        }
    }
}
