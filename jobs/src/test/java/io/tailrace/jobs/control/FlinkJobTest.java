package io.tailrace.jobs.control;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;

import io.tailrace.jobs.JobKind;
import io.tailrace.jobs.cluster.EntryClass;
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

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A job that is submitted to a real cluster by its REST API. */
class FlinkJobTest {

    @TempDir private Path folder;

    private MiniCluster cluster() throws Exception {
        Configuration options = new Configuration();
        options.set(RestOptions.ADDRESS, "127.0.0.1");
        options.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
        options.set(RestOptions.BIND_PORT, "0");
        options.set(WebOptions.REFRESH_INTERVAL, Duration.ofMillis(20));
        options.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(64));
        MiniCluster cluster =
                new MiniCluster(
                        new MiniClusterConfiguration.Builder()
                                .setConfiguration(options)
                                .setNumTaskManagers(1)
                                .setNumSlotsPerTaskManager(1)
                                .build());
        cluster.start();
        return cluster;
    }

    /** The classes are on the cluster's own class path, as it runs in this process. */
    private Path jar() throws Exception {
        Path jar = folder.resolve("job.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            out.putNextEntry(new ZipEntry("a-file"));
            out.closeEntry();
        }
        return jar;
    }

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
        MiniCluster cluster = cluster();
        try (StandIn standIn = new StandIn(Time.SYSTEM)) {
            ControlRuns runs =
                    new ControlRuns(standIn, Time.SYSTEM, folder)
                            .set("platform.poll_interval=20ms")
                            .set(
                                    ("applications[1].flows[0].external={job: {url: '%s', spec: '%s',"
                                                    + " jar: '%s', savepoints: '%s'}}")
                                            .formatted(
                                                    cluster.getRestAddress().get(),
                                                    jobSpec,
                                                    jar(),
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
        } finally {
            cluster.close();
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
