package io.tailrace.jobs.cluster;

import org.apache.flink.runtime.client.JobStatusMessage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tailrace.jobs.cli.Program;
import io.tailrace.jobs.cli.Tailrace;
import io.tailrace.sinks.testing.OwnCertificate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import javax.net.ssl.SSLContext;

import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Jobs that are submitted, shown and stopped on a real cluster, as a user would. */
class ClusterCommandsTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static RestCluster cluster;

    @TempDir private Path folder;

    @BeforeAll
    static void startCluster() throws Exception {
        cluster = new RestCluster(2);
    }

    @AfterAll
    static void stopCluster() {
        cluster.close();
    }

    /** So that a test that fails leaves its slots to the next. */
    @AfterEach
    void endJobs() throws Exception {
        for (JobStatusMessage job : cluster.jobs().listJobs().get()) {
            if (!job.getJobState().isGloballyTerminalState()) {
                cluster.jobs().cancelJob(job.getJobId()).get();
            }
        }
    }

    /** What a command left. */
    private record Ended(int code, String out, String err) {}

    private static Ended tailrace(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(arguments));
        if (!all.contains("--jobmanager")) {
            all.addAll(List.of("--jobmanager", cluster.url().getAuthority()));
        }
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code =
                Program.execute(
                        new Tailrace(),
                        new PrintWriter(out),
                        new PrintWriter(err),
                        all.toArray(String[]::new));
        return new Ended(code, out.toString(), err.toString());
    }

    private Ended submit(Path spec, String... more) throws Exception {
        List<String> all = new ArrayList<>(List.of("submit", spec.toString()));
        all.addAll(List.of("--jar", RestCluster.jar(folder).toString()));
        all.addAll(List.of(more));
        return tailrace(all.toArray(String[]::new));
    }

    private Path spec(String name, String source) throws Exception {
        return Files.writeString(
                folder.resolve(name + ".yaml"),
                """
                kind: tail-sampling
                name: %s
                source: %s
                tail_sampling:
                  decision_wait: 1h
                  eager_release: false
                  policies: [ { name: slow, type: latency, latency: { threshold_ms: 500 } } ]
                sinks: { decisions: [ { file: { path: "%s" } } ] }
                flink:
                  parallelism.default: 1
                  execution.checkpointing.interval: 200ms
                  execution.checkpointing.dir: "%s"
                """
                        .formatted(
                                name,
                                source,
                                folder.resolve("decisions"),
                                folder.resolve("checkpoints").toUri()));
    }

    private static JsonNode job(String name) throws Exception {
        Ended jobs = tailrace("jobs", "--json");
        assertThat(jobs.code()).as(jobs.err()).isZero();
        for (JsonNode job : new ObjectMapper().readTree(jobs.out())) {
            if (job.path("name").asText().equals(name)) {
                return job;
            }
        }
        throw new AssertionError("no job " + name + " in " + jobs.out());
    }

    private static JsonNode ask(String path) throws Exception {
        try (InputStream shown = cluster.url().resolve(path).toURL().openStream()) {
            return new ObjectMapper().readTree(shown);
        }
    }

    /** What a job has handed on so far. */
    private static long handedOn(String id) throws Exception {
        return ask("/jobs/" + id).findValuesAsText("write-records").stream()
                .mapToLong(Long::parseLong)
                .sum();
    }

    private List<JsonNode> decisions() throws Exception {
        List<JsonNode> decisions = new ArrayList<>();
        Path written = Files.createDirectories(folder.resolve("decisions"));
        try (Stream<Path> files = Files.walk(written)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                for (String line : Files.readAllLines(file)) {
                    decisions.add(new ObjectMapper().readTree(line));
                }
            }
        }
        return decisions;
    }

    @Test
    void aJobRunsIsShownIsStoppedAndGoesOnAtAnotherParallelism() throws Exception {
        Instant start = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Path spec = spec("shop", "{ generator: { start: \"%s\" } }".formatted(start));
        Ended first = submit(spec);
        assertThat(first.code()).as(first.err()).isZero();
        JsonNode begun = job("shop");
        String id = begun.path("id").asText();
        assertThat(begun.path("state").asText()).isEqualTo("RUNNING");
        assertThat(begun.path("kind").asText()).isEqualTo("tail-sampling");
        assertThat(begun.path("parallelism").asInt()).isEqualTo(1);
        assertThat(first.out())
                .contains("Job      shop, id " + id)
                .contains(cluster.url() + "/#/job/running/" + id)
                .endsWith("Runs, with all its tasks." + System.lineSeparator());
        await().atMost(PATIENCE)
                .untilAsserted(
                        () ->
                                assertThat(
                                                job("shop")
                                                        .path("last_checkpoint")
                                                        .path("bytes")
                                                        .asLong())
                                        .isPositive());
        assertThat(tailrace("jobs").out())
                .containsPattern(id + " +shop +tail-sampling +RUNNING .* s ago, \\d+ KiB");

        assertThat(ask("/jars").path("files")).as("jars that stayed").isEmpty();

        Ended second = submit(spec);
        assertThat(second.code()).isEqualTo(1);
        assertThat(second.err()).contains("a job shop is there already, RUNNING, id " + id);
        runBesideForAMoment(spec);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(handedOn(id)).isPositive());

        Path savepoints = folder.resolve("savepoints");
        Ended stop = tailrace("stop", id.substring(0, 8), "--savepoint", savepoints.toString());
        assertThat(stop.code()).as(stop.err()).isZero();
        String savepoint =
                stop.out()
                        .lines()
                        .filter(line -> line.startsWith("Savepoint  "))
                        .findFirst()
                        .orElseThrow()
                        .substring(11);
        assertThat(savepoint).startsWith("file:" + savepoints);
        assertThat(stop.out()).contains("--from-savepoint " + savepoint);

        Ended again = submit(spec, "--from-savepoint", savepoint, "--parallelism", "2");
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(again.out()).contains(", from " + savepoint);
        JsonNode resumed = job("shop");
        assertThat(resumed.path("id").asText()).isNotEqualTo(id);
        assertThat(resumed.path("parallelism").asInt()).as("not the spec's").isEqualTo(2);

        assertThat(decisions()).as("while it is to go on").isEmpty();

        Ended drained = tailrace("stop", "shop", "--drain", "--savepoint", savepoints.toString());
        assertThat(drained.code()).as(drained.err()).isZero();
        assertThat(drained.out()).contains("Savepoint  file:" + savepoints);
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(job("shop").path("state").asText()).isEqualTo("FINISHED"));
        assertThat(decisions())
                .allMatch(each -> each.path("trigger").asText().equals("end_of_input"))
                .as("of the first second, too, which was read before the savepoint")
                .anyMatch(
                        each -> each.path("first_seen_ms").asLong() < start.toEpochMilli() + 1000);
        assertThat(tailrace("stop", id).err()).contains("has ended already: FINISHED");
        assertThat(tailrace("stop", "shop").err()).contains("may be any of: shop ");
    }

    private void runBesideForAMoment(Path spec) throws Exception {
        Ended submitted = submit(spec, "--beside", "--json");
        assertThat(submitted.code()).as(submitted.err()).isZero();
        String beside = new ObjectMapper().readTree(submitted.out()).path("id").asText();
        Ended unclear = tailrace("stop", "shop", "--cancel");
        assertThat(unclear.code()).isEqualTo(1);
        assertThat(unclear.err()).contains("may be any of: ", "shop " + beside + " (RUNNING)");
        Ended cancelled = tailrace("stop", beside, "--cancel");
        assertThat(cancelled.code()).as(cancelled.err()).isZero();
        assertThat(cancelled.out()).contains("Cancelled, without a savepoint.");
    }

    @Test
    void aClusterBehindAProxyIsReachedByHttps() throws Exception {
        OwnCertificate certificate = OwnCertificate.make(folder, "proxy", "EC");
        SSLContext usual = SSLContext.getDefault();
        SSLContext trusting = SSLContext.getInstance("TLS");
        trusting.init(null, certificate.trustManagers(), null);
        String token = "Bearer of-this-test";
        try (TlsProxy proxy = new TlsProxy(cluster.url(), token, certificate)) {
            String[] there = {"--jobmanager", proxy.url(), "--authorization", token};

            Ended untrusted = tailrace(with(there, "jobs"));
            assertThat(untrusted.code()).isEqualTo(1);
            assertThat(untrusted.err())
                    .contains("Flink at " + proxy.url() + " shows a certificate")
                    .contains("-Djavax.net.ssl.trustStore=FILE");

            SSLContext.setDefault(trusting);
            Ended submitted = submit(spec("guarded", "{ generator: {} }"), there);
            assertThat(submitted.code()).as(submitted.err()).isZero();
            assertThat(submitted.out())
                    .contains("Web UI   " + proxy.url() + "/#/job/running/")
                    .contains("Runs, with all its tasks.");
            assertThat(tailrace(with(there, "jobs")).out())
                    .containsPattern("guarded +tail-sampling +RUNNING");
            Ended stopped = tailrace(with(there, "stop", "guarded", "--cancel"));
            assertThat(stopped.code()).as(stopped.err()).isZero();
        } finally {
            SSLContext.setDefault(usual);
        }
    }

    private static String[] with(String[] options, String... command) {
        return Stream.of(command, options).flatMap(Stream::of).toArray(String[]::new);
    }

    @Test
    void aJobWithAnEndIsDone() throws Exception {
        Ended done = submit(spec("short", "{ generator: { count: 1, paced: false } }"), "--json");
        assertThat(done.code()).as(done.err()).isZero();
        JsonNode told = new ObjectMapper().readTree(done.out());
        await().atMost(PATIENCE)
                .untilAsserted(
                        () ->
                                assertThat(job("short").path("state").asText())
                                        .isEqualTo("FINISHED"));
        assertThat(told.path("id").asText()).isEqualTo(job("short").path("id").asText());
    }

    @Test
    void theClusterReplacesReferencesUnlessValuesAreSent() throws Exception {
        Path spec = spec("referring", "{ generator: { count: \"${NOBODY_SETS_THIS}\" } }");
        Ended refused = submit(spec);
        assertThat(refused.err())
                .contains("the cluster must know better")
                .contains("cannot run the job referring")
                .contains("the environment variable NOBODY_SETS_THIS is not set");
        assertThat(refused.code()).isEqualTo(1);

        Ended wrong = submit(spec, "--env", "NOBODY_SETS_THIS=many");
        assertThat(wrong.err()).contains("which is \"many\"").contains("1 mistake");
        assertThat(wrong.code()).isEqualTo(2);

        Ended done = submit(spec, "--env", "NOBODY_SETS_THIS=1");
        assertThat(done.code()).as(done.err()).isZero();
    }

    @Test
    void aJobThatFailsIsToldInOneLine() throws Exception {
        Path spec = spec("failing", "{ generator: {} }");
        Ended failed =
                submit(
                        spec,
                        "--from-savepoint",
                        folder.resolve("nothing").toUri().toString(),
                        "--wait",
                        "20s");
        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.err()).contains("failing").contains("nothing").doesNotContain("\tat ");
        assertThat(failed.err().lines().filter(line -> line.startsWith("tailrace: "))).hasSize(1);
    }
}
