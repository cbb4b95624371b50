package io.tailrace.jobs.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tailrace.jobs.control.testing.ControlRuns;
import io.tailrace.jobs.control.testing.StandIn;
import io.tailrace.jobs.control.testing.StandInClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What becomes of each template of a flow. */
class FlowTemplatesTest {

    private static final String NAME = "an-application-with-quite-a-long-name-for-a-name";

    @TempDir private Path folder;
    private final StandInClock clock = new StandInClock();
    private StandIn standIn;
    private ControlRuns runs;

    @BeforeEach
    void start() throws IOException {
        standIn = new StandIn(clock);
        runs = new ControlRuns(standIn, clock, folder);
    }

    @AfterEach
    void stop() {
        standIn.close();
    }

    private void flows(String... flows) throws IOException {
        runs.with(
                """
                kind: control
                name: flows
                credentials: { app_code: "${BK_APP_CODE}", app_secret: "${BK_APP_SECRET}", username: admin }
                platform: { url: "${BKDATA_URL}" }
                state: { file: { path: "${CONTROL_STATE}" } }
                applications:
                  - name: %s
                    biz_id: 3
                    project_id: 7
                    source: { kafka: { bootstrap_servers: "k:9092", topic: t } }
                    flows: [ %s ]
                """
                        .formatted(NAME, String.join(", ", flows)));
    }

    private void assertNothingToDo() throws Exception {
        standIn.forgetCalls();
        runs.applied();
        assertThat(standIn.writes()).isEmpty();
    }

    private static List<String> types(List<JsonNode> nodes) {
        return nodes.stream().map(each -> each.path("node_type").asText()).toList();
    }

    @Test
    void tailSampling() throws Exception {
        Path code = Files.writeString(folder.resolve("Sampler.java"), "class Sampler {}");
        flows(
                """
                { name: sampling, type: tail_sampling, tail_sampling: {
                    code_file: "%s", random_sampling_ratio: 5, max_span_count: 500,
                    sampling_conditions: [ { key: elapsed_time, method: gt, value: ["1000000"] } ],
                    storage: { cluster: es, expires_days: 3, resource_set_id: 31 } } }"""
                        .formatted(code));
        runs.applied();
        List<JsonNode> nodes = standIn.platform().flows().nodes("sampling");
        assertThat(types(nodes))
                .containsExactly("stream_source", "flink_streaming", "elastic_storage");
        JsonNode sampler = nodes.get(1).path("config");
        assertThat(sampler.path("programming_language").asText()).isEqualTo("java");
        assertThat(sampler.path("code").asText()).isEqualTo("class Sampler {}");
        assertThat(sampler.path("advanced").path("use_savepoint").asBoolean()).isTrue();
        assertThat(sampler.path("outputs")).hasSize(1);
        assertThat(new ObjectMapper().readTree(sampler.path("user_args").asText()))
                .isEqualTo(
                        new ObjectMapper()
                                .readTree(
                                        """
                                        {"trace_session_gap_min": 30, "trace_mark_timeout_min": 1440,
                                        "max_span_count": 500, "random_sampling_ratio": 5,
                                        "sampling_conditions": [{"condition": "AND",
                                        "key": "elapsed_time", "method": "gt", "value": ["1000000"]}]}
                                        """));
        JsonNode storage = nodes.get(2).path("config");
        assertThat(storage.path("storage_keys").toString()).isEqualTo("[\"trace_id\",\"span_id\"]");
        assertThat(storage.path("json_fields")).hasSize(5);
        assertThat(storage.path("expires").asInt()).isEqualTo(3);
        assertThat(standIn.platform().authorized()).containsExactly(1L, 7L);
        assertNothingToDo();

        Files.writeString(code, "class Sampler { int better; }");
        runs.applied();
        assertThat(standIn.platform().flows().actions())
                .containsExactly("start sampling from_tail", "restart sampling continue");
        assertNothingToDo();
    }

    @Test
    void virtualMetricsHaveAllDimensionsAndShortNames() throws Exception {
        flows(
                "{ type: virtual_metrics, virtual_metrics: { window: 30s, wait: 5s, storage: { cluster: c } } }");
        runs.applied();
        String flow =
                runs.spec()
                        .applications()
                        .get(0)
                        .flows()
                        .get(0)
                        .name(runs.spec().applications().get(0));
        assertThat(flow).hasSizeLessThanOrEqualTo(50).startsWith("bkapm_metrics_3_an_application");
        List<JsonNode> nodes = standIn.platform().flows().nodes(flow);
        assertThat(types(nodes))
                .containsExactly(
                        "stream_source",
                        "realtime",
                        "tspider_storage",
                        "realtime",
                        "tspider_storage");
        JsonNode totals = nodes.get(1).path("config");
        assertThat(totals.path("count_freq").asInt()).isEqualTo(30);
        assertThat(totals.path("waiting_time").asInt()).isEqualTo(5);
        assertThat(totals.path("window_type").asText()).isEqualTo("scroll");
        String sql = totals.path("sql").asText();
        assertThat(sql.substring(sql.indexOf("GROUP BY")).split(",")).hasSize(28);
        assertThat(sql)
                .contains("SUM(bk_apm_duration) AS bk_apm_sum_duration")
                .contains("celery_task_name");
        assertThat(nodes.get(3).path("config").path("sql").asText())
                .contains("bk_apm_avg_duration")
                .contains("bk_apm_apdex");
        assertNothingToDo();
    }

    @Test
    void customNodesAreHandedOnAsTheyAre() throws Exception {
        String flow =
                """
                { name: own_flow, type: custom, custom: { nodes: [
                    { name: slow, type: realtime, table: slow_spans, config: { sql: "select SQL",
                      window_type: none, count_freq: 60, deep: { list: [1, two] } } },
                    { name: keep, type: tspider_storage, inputs: [slow], config: { cluster: c, expires: 7 } } ] } }""";
        flows(flow.replace("SQL", "1"));
        runs.applied();
        List<JsonNode> nodes = standIn.platform().flows().nodes("own_flow");
        assertThat(types(nodes)).containsExactly("stream_source", "realtime", "tspider_storage");
        assertThat(nodes.get(1).path("config").path("deep").toString())
                .isEqualTo("{\"list\":[1,\"two\"]}");
        assertThat(nodes.get(2).path("config").path("result_table_id").asText())
                .isEqualTo("3_slow_spans");
        assertThat(nodes.get(2).path("from_links").path(0).path("source").path("node_id").asLong())
                .isEqualTo(2);
        assertNothingToDo();

        flows(flow.replace("SQL", "2"));
        runs.applied();
        assertThat(standIn.platform().flows().actions())
                .last()
                .isEqualTo("restart own_flow from_tail");
    }

    @Test
    void anExternalFlowIsComputedElsewhere() throws Exception {
        flows("{ type: external }");
        runs.applied();
        assertThat(standIn.requests()).noneMatch(each -> each.path().contains("/dataflow/"));
        assertThat(standIn.requests()).anyMatch(each -> each.path().endsWith("/data/add/"));
        assertNothingToDo();
    }
}
