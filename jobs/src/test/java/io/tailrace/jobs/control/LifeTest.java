package io.tailrace.jobs.control;

import io.tailrace.jobs.control.change.Action;
import io.tailrace.jobs.control.change.Change;
import io.tailrace.jobs.control.run.ApplicationState;
import io.tailrace.jobs.control.run.Endings;
import io.tailrace.jobs.control.run.Inspection;
import io.tailrace.jobs.control.run.Outcome;
import io.tailrace.jobs.control.run.Planning;
import io.tailrace.jobs.control.run.Resuming;
import io.tailrace.jobs.control.testing.ControlRuns;
import io.tailrace.jobs.control.testing.StandIn;
import io.tailrace.jobs.control.testing.StandInClock;
import io.tailrace.jobs.control.testing.StandInFlows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** The life of applications, from nothing to nothing. */
class LifeTest {

    private static final String FLOW = "bkapm_metrics_2_shop";

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

    private static long differing(List<Outcome> outcomes) {
        return outcomes.stream().mapToLong(Outcome::differing).sum();
    }

    private List<String> writes() {
        return standIn.writes().stream().map(Object::toString).toList();
    }

    @Test
    void theWholeLife() throws Exception {
        assertThat(differing(runs.plan())).isPositive();
        assertThat(standIn.writes()).isEmpty();

        assertThat(runs.applied()).extracting(Outcome::status).containsOnly("success");
        assertThat(flows().status(FLOW)).isEqualTo("running");
        assertThat(flows().actions()).containsExactly("start " + FLOW + " from_tail");
        assertThat(differing(runs.plan())).isZero();

        standIn.forgetCalls();
        runs.applied();
        assertThat(standIn.writes()).isEmpty();

        runs.set("applications[0].flows[0].virtual_metrics.dimensions[5]=peer_service");
        List<Change> changes = changes(runs.plan());
        assertThat(changes).filteredOn(each -> !each.isConsequence()).hasSize(1);
        assertThat(changes.get(0).action()).isEqualTo(Action.UPDATE);
        assertThat(changes.get(0).differences())
                .singleElement()
                .satisfies(
                        each -> {
                            assertThat(each.field()).isEqualTo("sql");
                            assertThat(each.is().asText()).contains("http_method");
                            assertThat(each.wanted().asText())
                                    .contains("peer_service")
                                    .doesNotContain("http_method");
                        });
        assertThat(standIn.writes()).isEmpty();

        runs.applied();
        assertThat(writes())
                .satisfiesExactly(
                        update -> assertThat(update).contains("PUT ").contains("/nodes/"),
                        restart -> assertThat(restart).contains("POST ").contains("/restart/"));
        assertThat(flows().actions()).last().isEqualTo("restart " + FLOW + " from_tail");
        assertThat(flows().sql()).first().asString().contains("peer_service");

        List<ApplicationState> states =
                runs.on(true, site -> new Inspection(site).run(site.spec().applications()));
        assertThat(states)
                .allSatisfy(
                        each -> {
                            assertThat(each.status()).isEqualTo("success");
                            assertThat(each.isAsWanted()).isTrue();
                        });
        assertThat(states.get(0).steps())
                .anySatisfy(each -> assertThat(each.state()).isEqualTo("running"));
        assertThat(states.get(1).steps())
                .anySatisfy(each -> assertThat(each.state()).isEqualTo("ticket_spans"));

        flows().stopping(Duration.ofSeconds(40));
        standIn.forgetCalls();
        assertThat(destroy()).allSatisfy(each -> assertThat(each.failures()).isEmpty());
        assertThat(flows().status(FLOW)).isEqualTo("none");
        assertThat(standIn.gse().channels()).isEmpty();
        assertThat(standIn.gse().receivers()).isEmpty();
        assertThat(standIn.platform().isStopped("2_bkapm_virtual_metric_shop")).isTrue();
        assertThat(writes().get(0)).endsWith("/stop/");

        standIn.forgetCalls();
        destroy();
        assertThat(standIn.writes()).isEmpty();

        // What the platform does not delete is found again.
        runs.applied();
        assertThat(differing(runs.plan())).isZero();
        assertThat(standIn.platform().named("bkapm_virtual_metric_shop")).hasSize(1);
    }

    private List<Outcome> destroy() throws Exception {
        return runs.on(
                true,
                site ->
                        new Endings(site, (application, change) -> {})
                                .destroy(site.spec().applications()));
    }

    private static List<Change> changes(List<Outcome> outcomes) {
        return outcomes.stream().flatMap(each -> each.changes().stream()).toList();
    }

    @Test
    void whatIsPausedIsLetAloneUntilItIsToGoOn() throws Exception {
        runs.applied();
        runs.on(
                true,
                site ->
                        new Endings(site, (application, change) -> {})
                                .stop(site.spec().applications().subList(0, 1)));
        assertThat(flows().status(FLOW)).isEqualTo("no-start");
        assertThat(standIn.platform().isStopped("2_bkapm_virtual_metric_shop")).isTrue();

        standIn.forgetCalls();
        assertThat(runs.applied().get(0).notes()).singleElement().asString().contains("paused");
        assertThat(standIn.writes()).isEmpty();
        assertThat(differing(runs.plan())).isZero();

        runs.on(
                true,
                site ->
                        new Resuming(site, (application, change) -> {})
                                .run(site.spec().applications().subList(0, 1)));
        assertThat(flows().status(FLOW)).isEqualTo("running");
        assertThat(flows().actions()).last().isEqualTo("start " + FLOW + " continue");
        standIn.forgetCalls();
        runs.applied();
        assertThat(standIn.writes()).isEmpty();
    }

    @Test
    void aSecretThatChangesIsSeenAndNotShown() throws Exception {
        String kafka =
                "{kafka: {bootstrap_servers: 'k:9092', topic: t, user: u, password: \"${SASL}\"}}";
        runs.set("applications[0].source=" + kafka).environment("SASL", "first-password");
        runs.applied();
        runs.environment("SASL", "second-password");

        List<Change> changes = changes(runs.plan());
        assertThat(changes)
                .singleElement()
                .satisfies(
                        each -> {
                            assertThat(each.object()).startsWith("raw data");
                            assertThat(each.differences()).hasSize(1);
                            assertThat(each.differences().get(0).field()).endsWith("password");
                            assertThat(each.differences().toString())
                                    .doesNotContain("second-password");
                        });
        standIn.forgetCalls();
        runs.applied();
        assertThat(writes()).singleElement().asString().contains("PUT").contains("deploy_plan");
        assertThat(differing(runs.plan())).isZero();
    }

    @Test
    void aFlowThatTheSpecHasNoMoreIsDeletedAndAnApplicationIsLetAlone() throws Exception {
        runs.applied();
        flows().stopping(Duration.ofSeconds(5));
        runs.set("applications[0].flows[0].name=another_name");
        assertThat(changes(runs.plan())).extracting(Change::action).contains(Action.DELETE);
        runs.applied();
        assertThat(flows().status("another_name")).isEqualTo("running");
        assertThat(flows().status(FLOW)).isEqualTo("none");
        assertThat(differing(runs.plan())).isZero();

        runs.set("applications[1].name=yet-another")
                .set("applications[1].source.data_id=1500102")
                .set("applications[1].receivers=[]")
                .set("applications[1].routes=[]");
        assertThat(runs.<List<String>>on(false, site -> new Planning(site).forgotten()))
                .containsExactly("2/ticket-office");
        runs.applied();
        assertThat(standIn.gse().channels()).containsKey(1500101L);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCleaningThatChangesIsStartedAgain(boolean mayBeStartedTwice) throws Exception {
        if (!mayBeStartedTwice) {
            standIn.platform().refuseToStartTwice();
        }
        runs.applied();
        runs.set("applications[0].cleaning.alias=Spans");
        List<Change> changes = changes(runs.plan());
        assertThat(changes)
                .extracting(Change::action)
                .containsExactly(Action.UPDATE, Action.RESTART);
        assertThat(differing(runs.plan())).isEqualTo(1);

        runs.applied();
        assertThat(standIn.contents()).contains("Spans").doesNotContain("an older version");
        standIn.forgetCalls();
        runs.applied();
        assertThat(standIn.writes()).isEmpty();
    }

    @Test
    void whatIsChangedElsewhereIsPutBack() throws Exception {
        runs.applied();
        flows().fail(FLOW);
        List<ApplicationState> states =
                runs.on(true, site -> new Inspection(site).run(site.spec().applications()));
        assertThat(states.get(0).isAsWanted()).isFalse();

        runs.applied();
        assertThat(flows().status(FLOW)).isEqualTo("running");
        assertThat(flows().actions()).last().isEqualTo("restart " + FLOW + " continue");
    }

    private StandInFlows flows() {
        return standIn.platform().flows();
    }
}
