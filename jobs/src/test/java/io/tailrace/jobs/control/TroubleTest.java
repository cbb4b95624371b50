package io.tailrace.jobs.control;

import io.tailrace.jobs.control.run.Endings;
import io.tailrace.jobs.control.run.Outcome;
import io.tailrace.jobs.control.testing.ControlRuns;
import io.tailrace.jobs.control.testing.StandIn;
import io.tailrace.jobs.control.testing.StandIn.Fate;
import io.tailrace.jobs.control.testing.StandInClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Services that fail, are slow, refuse, or are not what they should be. */
class TroubleTest {

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

    private List<String> failures() throws Exception {
        return runs.apply().stream().flatMap(each -> each.failures().stream()).toList();
    }

    @ParameterizedTest
    @EnumSource(
            value = Fate.class,
            names = {
                "TOO_MANY_REQUESTS",
                "UNAVAILABLE",
                "DONE_AND_FAILED",
                "DROPPED",
                "DONE_AND_DROPPED"
            })
    void everyThirdCallFails(Fate fate) throws Exception {
        standIn.trouble((number, request) -> number % 3 == 0 ? fate : Fate.SERVED);
        runs.applied();

        standIn.trouble(StandIn.Trouble.NONE);
        standIn.forgetCalls();
        runs.applied();
        assertThat(standIn.writes()).isEmpty();
        assertThat(standIn.platform().flows().status("bkapm_metrics_2_shop")).isEqualTo("running");
        assertThat(standIn.platform().flows().sql()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fate.class,
            names = {
                "TOO_MANY_REQUESTS",
                "UNAVAILABLE",
                "DONE_AND_FAILED",
                "DROPPED",
                "DONE_AND_DROPPED"
            })
    void everyThirdCallOfAChangeAndOfTheEndFails(Fate fate) throws Exception {
        runs.applied();
        for (int phase = 0; phase < 3; phase++) {
            int shift = phase;
            standIn.forgetCalls();
            standIn.trouble((number, request) -> number % 3 == shift ? fate : Fate.SERVED);
            runs.set(
                    "applications[0].flows[0].virtual_metrics.dimensions[5]=dimension_%d"
                            .formatted(phase));
            runs.set("applications[0].cleaning.alias=alias_" + phase);
            runs.set("applications[1].routes[0].topic=topic_" + phase);
            runs.applied();
            assertThat(standIn.contents())
                    .contains("dimension_" + phase, "alias_" + phase, "topic_" + phase)
                    .doesNotContain("an older version");
        }
        List<Outcome> ended =
                runs.on(
                        true,
                        site ->
                                new Endings(site, (application, change) -> {})
                                        .destroy(site.spec().applications()));
        assertThat(ended).allSatisfy(each -> assertThat(each.failures()).isEmpty());
        assertThat(standIn.platform().flows().status("bkapm_metrics_2_shop")).isEqualTo("none");
        assertThat(standIn.gse().receivers()).isEmpty();
    }

    @Test
    void aCleaningThatTakesAMinuteIsWaitedFor() throws Exception {
        standIn.platform().cleaningStart(Duration.ofMinutes(1));
        Instant before = clock.now();
        runs.applied();
        assertThat(Duration.between(before, clock.now())).isGreaterThan(Duration.ofMinutes(1));
        assertThat(standIn.platform().starts("2_bkapm_virtual_metric_shop")).isEqualTo(1);
    }

    @Test
    void aCleaningThatTakesTooLongIsReported() throws Exception {
        standIn.platform().cleaningStart(Duration.ofHours(1));
        List<Outcome> outcomes = runs.apply();
        assertThat(outcomes).extracting(Outcome::status).containsOnly("config_cleans_start_failed");
        assertThat(outcomes.get(0).failures())
                .singleElement()
                .asString()
                .contains("waited 5m until the cleaning 2_bkapm_virtual_metric_shop runs");
        // The next run goes on where it was.
        clock.sleep(Duration.ofHours(1));
        runs.applied();
        assertThat(standIn.platform().starts("2_bkapm_virtual_metric_shop")).isEqualTo(1);
    }

    @Test
    void anAnswerThatDoesNotComeIsNotWaitedForForEver() throws Exception {
        runs.applied();
        runs.set("http.timeout=300ms")
                .set("applications[0].flows[0].virtual_metrics.dimensions[5]=peer_service");
        standIn.forgetCalls();
        standIn.trouble(
                (number, request) ->
                        request.method().equals("PUT") && standIn.writes().size() == 1
                                ? Fate.DONE_AND_SILENT
                                : Fate.SERVED);
        runs.applied();
        assertThat(standIn.platform().flows().sql().get(0)).contains("peer_service");

        standIn.trouble((number, request) -> Fate.DONE_AND_SILENT);
        runs.set("http.retries=1");
        assertThat(runs.plan().get(0).failures())
                .singleElement()
                .asString()
                .contains("did not answer within 0.3s");
    }

    @Test
    void callsKeepThePaceOfTheirHost() throws Exception {
        runs.set("http.requests_per_second=20");
        long start = System.nanoTime();
        runs.plan();
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        int calls = standIn.requests().size();
        assertThat(calls).isGreaterThan(3);
        assertThat(took).isGreaterThanOrEqualTo(Duration.ofMillis(50L * (calls - 1)));
    }

    @Test
    void theDeadlineIsKept() throws Exception {
        standIn.platform().cleaningStart(Duration.ofHours(1));
        runs.set("platform.deadline=2m");
        assertThatThrownBy(() -> runs.apply())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the deadline of 2m is over");
    }

    @Test
    void aRefusalIsReportedAtOnce() throws Exception {
        standIn.trouble((number, request) -> Fate.REFUSED);
        assertThat(failures()).hasSize(2).allMatch(each -> each.contains("not today"));
        assertThat(standIn.requests()).as("one call an application, not tried again").hasSize(2);
    }

    @Test
    void aFlowThatDoesNotStartIsReportedInThePlatformsWords() throws Exception {
        standIn.platform().flows().failWith("not enough slots in cluster default");
        List<Outcome> outcomes = runs.apply();
        assertThat(outcomes.get(0).status()).isEqualTo("config_flow_failed");
        assertThat(outcomes.get(0).failures())
                .singleElement()
                .asString()
                .contains("bkapm_metrics_2_shop does not start")
                .contains("not enough slots in cluster default")
                .doesNotContain("deploying");
        assertThat(outcomes.get(1).status()).isEqualTo("success");

        standIn.platform().flows().failWith(null);
        runs.applied();
    }

    @Test
    void namesThatAreTakenAreTold() throws Exception {
        standIn.platform().foreignRawData(2, "bkapm_virtual_metric_shop");
        assertThat(runs.apply().get(0).failures())
                .singleElement()
                .asString()
                .contains("the raw data name bkapm_virtual_metric_shop is taken by somebody else")
                .contains("raw_data_name");
        runs.set("applications[0].source.raw_data_name=our_spans");
        standIn.platform().flows().foreign("bkapm_metrics_2_shop");
        Outcome outcome = runs.apply().get(0);
        assertThat(outcome.status()).isEqualTo("config_flow_failed");
        assertThat(outcome.failures())
                .singleElement()
                .asString()
                .contains("the flow name bkapm_metrics_2_shop is taken by somebody else");
    }

    @Test
    void aFlowOfAnotherTableIsNeitherTakenOverNorDeleted() throws Exception {
        runs.applied();
        Files.delete(runs.state());
        runs.set("applications[0].source.raw_data_name=other_spans");
        assertThat(runs.apply().get(0).failures())
                .singleElement()
                .asString()
                .contains("bkapm_metrics_2_shop is taken by somebody else")
                .contains("reads 2_bkapm_virtual_metric_shop");
        runs.on(
                true,
                site ->
                        new Endings(site, (application, change) -> {})
                                .destroy(site.spec().applications()));
        assertThat(standIn.platform().flows().status("bkapm_metrics_2_shop")).isEqualTo("running");
    }

    @Test
    void wrongCredentialsAreToldWithoutThem() throws Exception {
        runs.environment("BK_APP_SECRET", "another-secret-entirely");
        assertThat(failures())
                .allSatisfy(
                        each ->
                                assertThat(each)
                                        .contains("refuses the credentials")
                                        .contains("app_code, app_secret and username")
                                        .doesNotContain("another-secret-entirely"));
    }

    @Test
    void aMissingPermissionIsToldWithWhatToAskFor() throws Exception {
        standIn.trouble(
                (number, request) ->
                        request.path().endsWith("/data/add/") ? Fate.FORBIDDEN : Fate.SERVED);
        List<Outcome> outcomes = runs.apply();
        assertThat(outcomes).extracting(Outcome::status).containsOnly("auth_failed");
        assertThat(outcomes.get(0).failures())
                .singleElement()
                .asString()
                .contains("does not allow it")
                .contains("ask for result_table.query_data on 2_bkapm_virtual_metric_shop");
    }

    @Test
    void aPageInPlaceOfAnAnswerIsTold() throws Exception {
        standIn.trouble((number, request) -> Fate.HTML);
        assertThat(failures())
                .allSatisfy(
                        each ->
                                assertThat(each)
                                        .contains("answers HTML, not JSON")
                                        .contains("Log in")
                                        .contains("is platform.url right"));
        assertThat(standIn.requests()).hasSize(2);
    }

    @Test
    void aWrongPathIsTold() throws Exception {
        runs.environment("BKDATA_URL", standIn.url("/api/other"));
        assertThat(failures())
                .allSatisfy(
                        each ->
                                assertThat(each)
                                        .contains("/api/other does not know /v3/access/rawdata/")
                                        .contains("is platform.url right, with its whole path?"));
    }

    @Test
    void aPortWhereNobodyListensIsTold() throws Exception {
        try (Socket taken = new Socket()) {
            taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            runs.environment(
                    "BKDATA_URL",
                    "http://127.0.0.1:%d/api/bk-base/prod".formatted(taken.getLocalPort()));
            assertThat(failures())
                    .allSatisfy(
                            each ->
                                    assertThat(each)
                                            .contains("does not take connections")
                                            .contains("is platform.url right?"));
        }
    }
}
