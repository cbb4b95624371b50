package io.tailrace.jobs.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import io.tailrace.jobs.JobPart;
import io.tailrace.jobs.cli.live.Figures;
import io.tailrace.jobs.testing.FileSinks;
import io.tailrace.jobs.testing.JobRun;
import io.tailrace.jobs.testing.MetricsSpecs;
import io.tailrace.jobs.testing.RandomTraffic;
import io.tailrace.jobs.testing.RealTraffic;
import io.tailrace.jobs.testing.Results;
import io.tailrace.jobs.testing.SamplingSpecs;
import io.tailrace.jobs.testing.Traffic;
import io.tailrace.plain.MetricRows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** A pipeline must give what the jobs of its parts give, each run on its own on the same input. */
final class PipelineTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String SAMPLING =
            """
            tail_sampling:
              decision_wait: 1s
              decision_ttl: 10m
              policies:
                - { name: errors, type: status_code, status_code: { status_codes: [ERROR] } }
                - { name: slow, type: latency, latency: { threshold_ms: 500 } }
                - { name: baseline, type: probabilistic, probabilistic: { sampling_percentage: 5 } }
            """;

    @TempDir private Path folder;

    private Path out(String kind) {
        return folder.resolve(kind);
    }

    /** Everything goes to the folder of the kind. */
    private String spec(String kind, String source) {
        boolean sampled = !kind.equals("virtual-metrics");
        boolean counted = !kind.equals("tail-sampling");
        String sampledSinks =
                """
                  spans: [ { file: { path: "%1$s/spans" } } ]
                  decisions: [ { file: { path: "%1$s/decisions" } } ]
                """;
        String countedSinks =
                """
                  metrics: [ { file: { path: "%1$s/metrics" } } ]
                """;
        String sinks =
                (sampled ? sampledSinks : "")
                        + (counted ? countedSinks : "")
                        + "  dead_letters: [ { file: { path: \"%1$s/dead-letters\" } } ]\n";
        return "kind: %s\nname: %s\nsource: { %s }\n".formatted(kind, kind, source)
                + (sampled ? SAMPLING : "")
                + (counted ? MetricsSpecs.SETTINGS : "")
                + "sinks:\n"
                + sinks.formatted(out(kind));
    }

    private void run(String kind, String source, int parallelism) throws Exception {
        try (JobRun run = JobRun.start(spec(kind, source), out(kind), parallelism)) {
            run.end();
        }
    }

    private void runSingleJobs(String source) throws Exception {
        run("tail-sampling", source, 1);
        run("virtual-metrics", source, 2);
    }

    private void assertSameAsSingleJobs() throws Exception {
        Results results = new FileSinks(out("pipeline")).results();
        Results sampled = new FileSinks(out("tail-sampling")).results();
        assertThat(counts(results.decisions()))
                .isEqualTo(counts(sampled.decisions()))
                .hasSizeGreaterThan(100);
        assertThat(counts(results.kept())).isEqualTo(counts(sampled.kept()));
        assertThat(results.kept()).hasSizeGreaterThan(100);
        assertThat(counts(results.deadLetters())).isEqualTo(counts(sampled.deadLetters()));

        MetricRows rows = MetricsSpecs.rows(out("pipeline").resolve("metrics"));
        MetricRows counted = MetricsSpecs.rows(out("virtual-metrics").resolve("metrics"));
        assertThat(rows.saidOfSpans()).isEqualTo(counted.saidOfSpans()).hasSizeGreaterThan(100);
        assertThat(rows.saidOfEdges()).isEqualTo(counted.saidOfEdges()).hasSizeGreaterThan(10);
    }

    private static <T> Map<T, Long> counts(Collection<T> some) {
        return some.stream()
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    @ParameterizedTest
    @CsvSource({"ONLINE_BOUTIQUE, 1", "TRAIN_TICKET, 4"})
    void givesOfARealFileWhatTheSingleJobsGive(RealTraffic real, int parallelism) throws Exception {
        assumeTrue(real.isHere());
        String source = SamplingSpecs.file(real.file(), "otlp_json");
        runSingleJobs(source);

        run("pipeline", source, parallelism);

        assertSameAsSingleJobs();
        MetricsSpecs.assertSame(
                MetricsSpecs.rows(out("pipeline").resolve("metrics")),
                MetricsSpecs.plain(real.read()));
    }

    @ParameterizedTest
    @CsvSource({"1", "3"})
    void givesOfTheGeneratorWhatTheSingleJobsGive(int parallelism) throws Exception {
        String source = "generator: { count: 2000, paced: false, start: \"2024-05-01T12:00:00Z\" }";
        runSingleJobs(source);

        run("pipeline", source, parallelism);

        assertSameAsSingleJobs();
    }

    @Test
    void goesOnFromACheckpoint() throws Exception {
        Traffic traffic =
                RealTraffic.TRAIN_TICKET.isHere()
                        ? RealTraffic.TRAIN_TICKET.read()
                        : RandomTraffic.of(7, 2_500);
        Path requests = folder.resolve("requests");
        traffic.writeTo(requests);
        String source = SamplingSpecs.file(requests, "otlp_proto");
        runSingleJobs(source);
        String paced =
                SamplingSpecs.pacedFile(
                        requests, "otlp_proto", traffic.size(), Duration.ofSeconds(24));

        try (JobRun first = JobRun.start(spec("pipeline", paced), out("pipeline"), 2)) {
            awaitRequests(first, traffic.size() / 3);
            first.checkpoint();
            // What comes now is read again.
            awaitRequests(first, traffic.size() / 2);
            first.cancel();
        }
        assertThat(new FileSinks(out("pipeline")).results().decisions().size())
                .isLessThan(new FileSinks(out("tail-sampling")).results().decisions().size());
        try (JobRun second =
                JobRun.start(
                        spec("pipeline", source),
                        out("pipeline"),
                        3,
                        JobRun.newestCheckpoint(out("pipeline")))) {
            second.end();
            assertThat(second.metrics().sum("requests_in"))
                    .isBetween(traffic.size() / 3L, 2L * traffic.size() / 3);
        }

        assertSameAsSingleJobs();
    }

    private static void awaitRequests(JobRun run, int requests) {
        await().atMost(PATIENCE).until(() -> run.metrics().sum("requests_in") >= requests);
    }

    @Test
    void setsApartWhatItCannotReadOnce() throws Exception {
        Path file =
                Files.write(
                        folder.resolve("lines.jsonl"),
                        List.of(
                                request(span("5b8efff798038103d269b633813fc60c")),
                                "{\"resourceSpans\": [",
                                request(span("0".repeat(32)) + "," + span("1".repeat(32)))));

        Figures figures;
        try (JobRun run =
                JobRun.start(
                        spec("pipeline", SamplingSpecs.file(file, "otlp_json")),
                        out("pipeline"),
                        2)) {
            run.end();
            figures =
                    Figures.of(
                            EnumSet.of(JobPart.TAIL_SAMPLING, JobPart.VIRTUAL_METRICS),
                            run.metrics());
        }

        Results results = new FileSinks(out("pipeline")).results();
        assertThat(results.deadLetters())
                .extracting(letter -> letter.get("reason").asText(), letter -> place(letter))
                .containsExactlyInAnyOrder(tuple("malformed_json", 2L), tuple("zero_trace_id", 3L));
        assertThat(results.decisions()).hasSize(2);
        assertThat(MetricsSpecs.rows(out("pipeline").resolve("metrics")).ofSpans())
                .extracting(row -> row.get("count").asLong())
                .containsExactly(2L);
        assertThat(figures.deadLetters())
                .isEqualTo(Map.of("malformed_json", 1L, "zero_trace_id", 1L));
        assertThat(figures.spans()).isEqualTo(2);
        assertThat(figures.requests()).isEqualTo(3);
        assertThat(figures.summary(1))
                .contains("2 traces", "counted      2 spans", "rows")
                .containsOnlyOnce("dead letters");
    }

    private static long place(JsonNode letter) {
        return letter.get("offset").asLong();
    }

    private static String request(String spans) {
        return """
        {"resourceSpans":[{"scopeSpans":[{"spans":[%s]}]}]}"""
                .formatted(spans);
    }

    private static String span(String trace) {
        return """
        {"traceId":"%s","spanId":"0000000000000001","name":"GET /","kind":2,\
        "startTimeUnixNano":"1714564800000000000","endTimeUnixNano":"1714564800100000000"}"""
                .formatted(trace);
    }
}
