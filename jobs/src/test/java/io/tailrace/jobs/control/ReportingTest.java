package io.tailrace.jobs.control;

import io.tailrace.jobs.control.gse.Host;
import io.tailrace.jobs.control.report.Reporter;
import io.tailrace.jobs.control.run.AgentWatch;
import io.tailrace.jobs.control.run.AgentWatch.AgentState;
import io.tailrace.jobs.control.run.Hosts;
import io.tailrace.jobs.control.run.Inspection;
import io.tailrace.jobs.control.testing.ControlRuns;
import io.tailrace.jobs.control.testing.StandIn;
import io.tailrace.jobs.control.testing.StandIn.Fate;
import io.tailrace.jobs.control.testing.StandInClock;
import io.tailrace.jobs.control.testing.StandInReports;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** What somebody is told of by events and metrics, and what is known of agents. */
class ReportingTest {

    @TempDir private Path folder;
    private final StandInClock clock = new StandInClock();
    private StandIn standIn;
    private ControlRuns runs;

    @BeforeEach
    void start() throws IOException {
        standIn = new StandIn(clock);
        runs =
                new ControlRuns(standIn, clock, folder)
                        .environment("PUSH_URL", standIn.url("/v2/push/"))
                        .environment("MONITOR_URL", standIn.url(""))
                        .environment("PUSH_TOKEN", StandInReports.token())
                        .set(
                                "reporting={url: '${PUSH_URL}', data_id: 12, access_token:"
                                        + " '${PUSH_TOKEN}', metrics: {url: '${MONITOR_URL}', biz_id:"
                                        + " 2}}");
    }

    @AfterEach
    void stop() {
        standIn.close();
    }

    private void inspect() throws Exception {
        runs.on(true, site -> new Inspection(site).run(site.spec().applications()));
    }

    @Test
    void aStepThatFailsRaisesAnEvent() throws Exception {
        standIn.platform().flows().failWith("no slots");
        runs.apply();
        assertThat(standIn.reports().events("tailrace_step_failed"))
                .singleElement()
                .satisfies(
                        each -> {
                            assertThat(each.path("event").path("content").asText())
                                    .contains("no slots");
                            assertThat(each.path("dimension").path("application").asText())
                                    .isEqualTo("2/shop");
                        });
    }

    @Test
    void aFlowThatLeavesRunningRaisesOneEvent() throws Exception {
        runs.applied();
        inspect();
        assertThat(standIn.reports().events("tailrace_flow_left_running")).isEmpty();

        standIn.platform().flows().fail("bkapm_metrics_2_shop");
        inspect();
        inspect();
        assertThat(standIn.reports().events("tailrace_flow_left_running"))
                .singleElement()
                .satisfies(
                        each ->
                                assertThat(each.path("dimension").path("status").asText())
                                        .isEqualTo("failure"));
        assertThat(standIn.reports().groups()).containsExactly("tailrace_control");
        assertThat(standIn.reports().items())
                .anySatisfy(
                        each ->
                                assertThat(each.path("metrics").path("flow_running").asInt(-1))
                                        .isZero());
    }

    @Test
    void manyEventsGoInBatchesAndAreTriedAgain() throws Exception {
        standIn.trouble((number, request) -> number % 2 == 1 ? Fate.UNAVAILABLE : Fate.SERVED);
        List<Reporter.Event> events =
                IntStream.range(0, 1201)
                        .mapToObj(each -> new Reporter.Event("e" + each, "c", Map.of("a", "b")))
                        .toList();
        int lost = runs.on(false, site -> site.reporter().raise(events));
        assertThat(lost).isZero();
        assertThat(standIn.reports().batches()).containsExactlyInAnyOrder(500, 500, 201);
        assertThat(
                        standIn.reports().items().stream()
                                .map(each -> each.path("event_name").asText())
                                .distinct())
                .hasSize(1201);
    }

    @Test
    void whatCannotBeReportedIsNoReasonToFail() throws Exception {
        runs.environment("PUSH_TOKEN", "a-wrong-token");
        runs.set("applications[0].flows=[]");
        runs.applied();
        inspect();
    }

    private List<AgentState> agents(List<Host> hosts) throws Exception {
        return runs.on(true, site -> new AgentWatch(site).of(hosts, Duration.ofMinutes(1)));
    }

    @Test
    void agentsAreAskedForByAddressAndByIdAndRemembered() throws Exception {
        List<Host> hosts = List.of(Host.of("10.0.0.1"), Host.of("3:10.0.0.2"), Host.of("agent-x"));
        standIn.gse().lose("3:10.0.0.2");
        assertThat(agents(hosts)).extracting(AgentState::alive).containsExactly(true, false, true);
        int asked = standIn.requests().size();
        assertThat(standIn.reports().events("tailrace_agent_lost")).hasSize(1);

        standIn.gse().lose("agent-x");
        assertThat(agents(hosts)).extracting(AgentState::alive).containsExactly(true, false, true);
        assertThat(standIn.requests()).as("believed for a minute").hasSize(asked);

        clock.sleep(Duration.ofMinutes(2));
        assertThat(agents(hosts)).extracting(AgentState::alive).containsExactly(true, false, false);
        assertThat(standIn.reports().events("tailrace_agent_lost"))
                .extracting(each -> each.path("dimension").path("host").asText())
                .containsExactly("3:10.0.0.2", "agent-x");
    }

    @Test
    void discoveredHostsAreThoseThatDidNotExpire() throws Exception {
        Path inventory = Files.createDirectories(folder.resolve("inventory"));
        Files.writeString(
                inventory.resolve("part-0"),
                """
                {"entity":"host","op":"upsert","bk_cloud_id":0,"ip":"10.0.0.1"}
                {"entity":"host","op":"upsert","bk_cloud_id":-1,"ip":"10.0.0.2"}
                {"entity":"endpoint","op":"upsert","ip":"10.0.0.9"}
                {"entity":"host","op":"expire","bk_cloud_id":0,"ip":"10.0.0.1"}
                """);
        Files.writeString(
                inventory.resolve(".unfinished"), "{\"entity\":\"host\",\"ip\":\"1.1.1.1\"}");
        runs.set("agents={hosts: [{agent_id: a1}], discovered: {file: '" + inventory + "'}}");
        assertThat(Hosts.of(runs.spec().agents()))
                .extracting(Host::key)
                .containsExactly("a1", "0:10.0.0.2");
    }
}
