package io.tailrace.jobs.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tailrace.jobs.cli.Program;
import io.tailrace.jobs.cli.Tailrace;
import io.tailrace.jobs.control.testing.StandIn;
import io.tailrace.jobs.http.Time;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What a user of the command line sees. */
class CommandsTest {

    /** Secrets come from the environment alone; this is what every environment has. */
    private static final String SECRET = System.getenv("PATH");

    @TempDir private Path folder;
    private StandIn standIn;
    private Path spec;
    private String out;
    private String err;

    @BeforeEach
    void start() throws IOException {
        standIn = new StandIn(Time.SYSTEM, SECRET);
        String config = Files.readString(Path.of("..", "config", "control.yaml"));
        spec =
                Files.writeString(
                        folder.resolve("control.yaml"),
                        config.replace("${BKDATA_URL}", standIn.url(StandIn.PLATFORM))
                                .replace("${BKGSE_URL}", standIn.url(StandIn.GSE))
                                .replace("${BK_APP_CODE}", StandIn.APP_CODE)
                                .replace("${BK_USERNAME}", StandIn.USERNAME)
                                .replace("${BK_APP_SECRET}", "${PATH}")
                                .replace(
                                        "${CONTROL_STATE:-out/control-state.json}",
                                        folder.resolve("state.json").toString()));
    }

    @AfterEach
    void stop() {
        standIn.close();
    }

    private int control(String command, String... more) {
        List<String> arguments = new ArrayList<>(List.of("control", command, spec.toString()));
        arguments.addAll(List.of("--set", "http.requests_per_second=10000"));
        arguments.addAll(List.of("--set", "http.min_backoff=1ms", "--set", "http.max_backoff=2ms"));
        arguments.addAll(List.of(more));
        StringWriter toOut = new StringWriter();
        StringWriter toErr = new StringWriter();
        int code =
                Program.execute(
                        new Tailrace(),
                        new PrintWriter(toOut),
                        new PrintWriter(toErr),
                        arguments.toArray(String[]::new));
        out = toOut.toString();
        err = toErr.toString();
        assertThat(out + err).doesNotContain(SECRET).doesNotContain("\tat ").doesNotContain("\033");
        return code;
    }

    private JsonNode json(int code, String command, String... more) throws IOException {
        List<String> all = new ArrayList<>(List.of(more));
        all.add("--json");
        assertThat(control(command, all.toArray(String[]::new))).as(err).isEqualTo(code);
        return new ObjectMapper().readTree(out);
    }

    @Test
    void theWholeLifeOnTheCommandLine() throws IOException {
        assertThat(control("plan")).isEqualTo(3);
        assertThat(out)
                .contains("+ create raw data bkapm_virtual_metric_shop")
                .contains("access_raw_data.raw_data_name: bkapm_virtual_metric_shop")
                .contains("differences; nothing was written");

        assertThat(control("apply")).isZero();
        assertThat(out).contains("created flow bkapm_metrics_2_shop").contains("2/shop  success");
        assertThat(control("plan")).isZero();
        assertThat(out).contains("as the spec says").contains("0 differences");
        assertThat(control("apply")).isZero();
        assertThat(out).contains("2/shop  success, nothing to do");

        String dimension = "applications[0].flows[0].virtual_metrics.dimensions[5]=peer_service";
        assertThat(control("plan", "--set", dimension)).isEqualTo(3);
        assertThat(out)
                .contains("~ update node bkapm_metrics_2_shop_sum")
                .contains("- http_method,")
                .contains("+ peer_service,")
                .contains("> restart flow bkapm_metrics_2_shop (from_tail)")
                .contains("1 difference; nothing was written");
        assertThat(json(3, "plan", "--set", dimension).path("differences").asInt()).isEqualTo(1);

        assertThat(control("status")).isZero();
        assertThat(out)
                .containsPattern("flow bkapm_metrics_2_shop runs +running +ok")
                .containsPattern("routes +ticket_spans +ok");
        assertThat(json(0, "status").findValuesAsText("status")).containsOnly("success");

        assertThat(control("stop", "--application", "shop")).isZero();
        assertThat(control("status", "--application", "shop")).isZero();
        assertThat(out).contains("success, paused").contains("no-start");
        assertThat(control("start", "--application", "shop")).isZero();
        assertThat(out).contains("started flow bkapm_metrics_2_shop (continue)");

        assertThat(control("destroy")).isZero();
        assertThat(out)
                .contains("stopped flow bkapm_metrics_2_shop")
                .contains("deleted flow bkapm_metrics_2_shop")
                .contains("deleted routes ticket_spans")
                .contains("deleted receiver trace_kafka")
                .contains("the platform deletes neither");
        assertThat(json(0, "destroy").path("applications").path(0).path("changes")).isEmpty();
    }

    @Test
    void agentsProcessesAndMessages() throws IOException {
        standIn.gse().lose("0:10.0.0.2");
        String[] hosts = {"--host", "10.0.0.1", "--host", "0:10.0.0.2"};
        assertThat(control("agents", hosts)).isZero();
        assertThat(out).containsPattern("0:10.0.0.1 +alive").containsPattern("0:10.0.0.2 +lost");
        assertThat(json(0, "agents", hosts).path("agents")).hasSize(2);

        assertThat(control("processes", hosts)).isZero();
        assertThat(out).contains("nodeman:bkmonitorbeat").contains("version=1.2.3");

        String[] message = {
            "--host",
            "10.0.0.1",
            "--host",
            "0:10.0.0.2",
            "--content",
            "hello",
            "--set",
            "gse.slot_id=5"
        };
        assertThat(control("dispatch", message)).isEqualTo(2);
        assertThat(err).contains("no gse.slot_id and gse.token");
        List<String> whole = new ArrayList<>(List.of(message));
        whole.addAll(List.of("--set", "gse.token=${HOME}"));
        assertThat(control("dispatch", whole.toArray(String[]::new))).isEqualTo(1);
        assertThat(out)
                .containsPattern("0:10.0.0.1 +success")
                .containsPattern("0:10.0.0.2 +agent is lost \\(111\\)");
        assertThat(standIn.gse().dispatched().get(0).path("content").asText()).isEqualTo("hello");
    }

    @Test
    void failuresAreToldInOneLineEach() throws IOException {
        standIn.trouble((number, request) -> StandIn.Fate.REFUSED);
        assertThat(control("plan")).isEqualTo(1);
        assertThat(err.lines()).hasSize(2).allMatch(each -> each.startsWith("tailrace: "));
        assertThat(out).contains("Not all could be told; nothing was written");
        assertThat(json(1, "apply").findValuesAsText("status"))
                .containsOnly("config_deploy_failed");

        assertThat(control("status", "--application", "nobody")).isEqualTo(2);
        assertThat(err).contains("no application \"nobody\"; the spec has: shop, ticket-office");
        assertThat(control("agents")).isEqualTo(2);
        assertThat(err).contains("name them with --host");
    }

    @Test
    void allMistakesOfASpecAreToldAtOnceWithTheirLines() throws IOException {
        Files.writeString(
                spec,
                """
                kind: control
                name: site
                credentials: { app_code: a, app_secret: written-down, username: u }
                platform: { url: "bk.example.com" }
                applications:
                  - name: shop
                    biz_id: 2
                    project_id: 7
                    source: {}
                    flows:
                      - { type: virtual_metrics, virtual_metrics: { dimensions: [a b], storage: { cluster: c } } }
                      - { type: custom, custom: { nodes: [ { name: n, type: realtime, inputs: [m] } ] } }
                    routes:
                      - { name: r, receiver: nobody, topic: t }
                  - name: shop
                    biz_id: 2
                    project_id: 7
                    source: { data_id: 1, raw_data_name: a-name-with-dashes }
                """);
        assertThat(control("plan")).isEqualTo(2);
        assertThat(err)
                .contains("control.yaml:3: credentials.app_secret: a secret must not be written")
                .contains("control.yaml:4: platform.url: \"bk.example.com\" does not fit")
                .contains("control.yaml:9: applications[0].source: does not fit")
                .contains("control.yaml:11: applications[0].flows[0].virtual_metrics.dimensions[0]")
                .contains("control.yaml:12: applications[0].flows[1].custom.nodes[0].inputs[0]")
                .contains("control.yaml:18: applications[1].source.raw_data_name")
                .contains("mistakes; nothing was started")
                .doesNotContain("written-down");
        assertThat(standIn.requests()).isEmpty();
    }

    @Test
    void aControlSpecIsNoJobAndAJobIsNoControlSpec() {
        StringWriter words = new StringWriter();
        assertThat(
                        Program.execute(
                                new Tailrace(),
                                new PrintWriter(words),
                                new PrintWriter(words),
                                "run",
                                spec.toString()))
                .isEqualTo(2);
        assertThat(words.toString()).contains("kind: \"control\" is another kind");
        words.getBuffer().setLength(0);
        assertThat(
                        Program.execute(
                                new Tailrace(),
                                new PrintWriter(words),
                                new PrintWriter(words),
                                "control",
                                "plan",
                                "../config/quickstart.yaml"))
                .isEqualTo(2);
        assertThat(words.toString()).contains("is another kind; expected one of: control");
    }
}
