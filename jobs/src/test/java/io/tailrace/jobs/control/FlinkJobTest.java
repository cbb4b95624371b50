package io.tailrace.jobs.control;

import org.apache.flink.runtime.minicluster.MiniCluster;

import io.tailrace.jobs.JobKind;
import io.tailrace.jobs.cluster.EntryClass;
import io.tailrace.jobs.cluster.RestCluster;
import io.tailrace.jobs.control.change.Change;
import io.tailrace.jobs.control.run.ApplicationState;
import io.tailrace.jobs.control.run.Endings;
import io.tailrace.jobs.control.run.Inspection;
import io.tailrace.jobs.control.run.Outcome;
import io.tailrace.jobs.control.run.Resuming;
import io.tailrace.jobs.control.testing.ControlRuns;
import io.tailrace.jobs.control.testing.StandIn;
import io.tailrace.jobs.http.Time;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A job that is submitted to a real cluster by its REST API. */
class FlinkJobTest {

    @TempDir private Path folder;

    private void jobSpec(Path file, int threshold) throws Exception {
        Files.writeString(
                file,
                """
                kind: tail-sampling
                name: submitted
                source: { generator: {} }
                tail_sampling:
                  policies: [ { name: slow, type: latency, latency: { threshold_ms: %d } } ]
                sinks: { decisions: [ { file: { path: "%s" } } ] }
                flink:
                  parallelism.default: 1
                  execution.checkpointing.interval: 200ms
                  execution.checkpointing.dir: "%s"
                """
                        .formatted(
                                threshold,
                                folder.resolve("decisions"),
                                folder.resolve("checkpoints").toUri()));
    }

    @Test
    void aJobIsSubmittedWatchedChangedPausedAndStopped() throws Exception {
        Path jobSpec = folder.resolve("job.yaml");
        jobSpec(jobSpec, 500);
        try (RestCluster rest = new RestCluster(1);
                StandIn standIn = new StandIn(Time.SYSTEM)) {
            MiniCluster cluster = rest.jobs();
            ControlRuns runs =
                    new ControlRuns(standIn, Time.SYSTEM, folder)
                            .set("platform.poll_interval=20ms")
                            .set(
                                    ("applications[1].flows[0].external={job: {url: '%s', spec: '%s',"
                                                    + " jar: '%s', savepoints: '%s'}}")
                                            .formatted(
                                                    rest.url(),
                                                    jobSpec,
                                                    RestCluster.jar(folder),
                                                    folder.resolve("savepoints").toUri()))
                            .set("applications[0].flows=[]");
            assertThat(runs.plan().get(1).changes())
                    .extracting(Change::object)
                    .contains("job submitted");
            runs.applied();
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(jobState(runs)).contains("last checkpoint"));
            assertThat(jobState(runs)).startsWith("RUNNING, id ");
            assertThat(cluster.listJobs().get()).hasSize(1);
            assertThat(runs.plan().get(1).changes()).isEmpty();

            Files.delete(runs.state());
            runs.applied();
            assertThat(cluster.listJobs().get()).as("found by its name").hasSize(1);

            jobSpec(jobSpec, 900);
            assertThat(runs.applied().get(1).changes())
                    .extracting(Change::note)
                    .containsExactly("with a savepoint");
            assertThat(cluster.listJobs().get()).hasSize(2);
            assertThat(folder.resolve("savepoints")).isNotEmptyDirectory();

            List<Outcome> stopped =
                    runs.on(
                            true,
                            site ->
                                    new Endings(site, (application, change) -> {})
                                            .stop(site.spec().applications()));
            assertThat(stopped).allSatisfy(each -> assertThat(each.failures()).isEmpty());
            assertThat(jobState(runs)).startsWith("FINISHED");
            runs.on(
                    true,
                    site ->
                            new Resuming(site, (application, change) -> {})
                                    .run(site.spec().applications()));
            assertThat(cluster.listJobs().get()).hasSize(3);
            assertThat(runs.plan().get(1).changes()).isEmpty();

            runs.on(
                    true,
                    site ->
                            new Endings(site, (application, change) -> {})
                                    .destroy(site.spec().applications()));
            assertThat(cluster.listJobs().get())
                    .allMatch(each -> each.getJobState().isGloballyTerminalState());
        }
    }

    private static String jobState(ControlRuns runs) throws Exception {
        List<ApplicationState> states =
                runs.on(true, site -> new Inspection(site).run(site.spec().applications()));
        return states.get(1).steps().stream()
                .filter(each -> each.step().equals("job submitted"))
                .findFirst()
                .orElseThrow()
                .state();
    }

    @Test
    void everyKindOfJobHasAnEntry() throws Exception {
        for (JobKind kind : JobKind.values()) {
            if (kind != JobKind.CONTROL) {
                assertThat(
                                Class.forName(EntryClass.of(kind.spelling()))
                                        .getMethod("main", String[].class))
                        .isNotNull();
            }
        }
    }
}
