package io.tailrace.jobs.cli;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** What a user sees of the command line before a job starts. */
class TailraceTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir private Path folder;
    private Path spec;

    @BeforeEach
    void writeSpec() throws IOException {
        spec = folder.resolve("shop.yaml");
        Files.writeString(
                spec,
                """
                kind: tail-sampling
                name: shop
                source:
                  generator: { count: 1 }
                tail_sampling:
                  policies:
                    - { name: slow, type: latency, latency: { threshold_ms: 500 } }
                sinks:
                  decisions: [ { file: { path: out } } ]
                """);
    }

    private int tailrace(String... arguments) {
        return Tailrace.execute(new PrintWriter(out), new PrintWriter(err), arguments);
    }

    @Test
    void aGoodSpecIsCalledGood() {
        assertThat(tailrace("validate", spec.toString())).isEqualTo(0);
        assertThat(out.toString()).isEqualTo("The spec is good." + System.lineSeparator());
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void allMistakesAreToldAtOnceWithTheirLines() throws IOException {
        Files.writeString(
                spec,
                """
                kind: tail-sampling
                name: the shop
                source:
                  file: { path: /no/such/file.jsonl }
                tail_sampling:
                  decision_wait: 30
                  policies:
                    - { name: slow, type: latncy, latency: { threshold_ms: 500 } }
                    - { name: slow, type: span_count, span_count: { min_span: 2 } }
                sinks: {}
                flink: { parallelism.default: many }
                """);
        assertThat(tailrace("validate", spec.toString())).isEqualTo(2);
        assertThat(err.toString().lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains("shop.yaml:2: name: \"the shop\""),
                        line -> assertThat(line).contains("shop.yaml:4: source.file.path"),
                        line ->
                                assertThat(line)
                                        .contains("shop.yaml:6: tail_sampling.decision_wait")
                                        .contains("\"30\"")
                                        .contains("such as 30s"),
                        line ->
                                assertThat(line)
                                        .contains("shop.yaml:8: tail_sampling.policies[0].type")
                                        .contains("did you mean \"latency\"?"),
                        line ->
                                assertThat(line)
                                        .contains("shop.yaml:9: tail_sampling.policies[1].name")
                                        .contains("twice"),
                        line ->
                                assertThat(line)
                                        .contains("shop.yaml:9: ")
                                        .contains("span_count.min_span")
                                        .contains("did you mean \"min_spans\"?"),
                        line -> assertThat(line).contains("shop.yaml:10: sinks"),
                        line ->
                                assertThat(line)
                                        .contains("shop.yaml:11: flink.parallelism.default")
                                        .contains("\"many\""),
                        line -> assertThat(line).isEqualTo("8 mistakes; nothing was started"));
    }

    @Test
    void allMistakesInASpecOfMetricsAreToldWithTheirLines() throws IOException {
        Files.writeString(
                spec,
                """
                kind: virtual-metrics
                name: shop
                source: { generator: { count: 1 } }
                virtual_metrics:
                  window: 60
                  series_expiration: 1m
                  dimensions: [ { attribute: a, pattern: x } ]
                  service_graph: { pairing_wat: 5s }
                sinks:
                  metrics:
                    - { jdbc: { url: "jdbc:postgresql://127.0.0.1/apm", user: apm } }
                    - { jdbc: { url: "jdbc:postgresql://127.0.0.1/apm", user: apm } }
                    - { kafka: { topic: t, encoding: otlp } }
                """);
        assertThat(tailrace("validate", spec.toString())).isEqualTo(2);
        assertThat(err.toString().lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains("shop.yaml:5: virtual_metrics.window"),
                        line ->
                                assertThat(line)
                                        .contains("shop.yaml:7: virtual_metrics.dimensions[0].pa")
                                        .contains("one group"),
                        line ->
                                assertThat(line)
                                        .contains("shop.yaml:8: ")
                                        .contains("did you mean \"pairing_wait\"?"),
                        line ->
                                assertThat(line)
                                        .contains("shop.yaml:13: sinks.metrics[2].kafka.encoding")
                                        .contains("otlp_proto"),
                        line -> assertThat(line).isEqualTo("4 mistakes; nothing was started"));
    }

    @Test
    void checksBetweenKeysOfMetricsAreTold() throws IOException {
        Files.writeString(
                spec,
                """
                kind: virtual-metrics
                name: shop
                source: { generator: { count: 1 } }
                virtual_metrics: { series_expiration: 399s }
                sinks:
                  metrics:
                    - { jdbc: { url: "jdbc:postgresql://127.0.0.1/apm", user: apm } }
                    - { jdbc: { url: "jdbc:postgresql://127.0.0.1/apm", user: apm } }
                """);
        assertThat(tailrace("validate", spec.toString())).isEqualTo(2);
        assertThat(err.toString().lines())
                .satisfiesExactly(
                        line ->
                                assertThat(line)
                                        .contains("shop.yaml:4: virtual_metrics.series_expiration")
                                        .contains("at least 400s")
                                        .contains("service_graph.pairing_wait"),
                        line ->
                                assertThat(line)
                                        .contains("shop.yaml:8: sinks.metrics[1].jdbc")
                                        .contains("that of metrics[0]"),
                        line -> assertThat(line).isEqualTo("2 mistakes; nothing was started"));
    }

    @Test
    void anUnknownKindIsToldWithThoseThatThereAre() {
        assertThat(tailrace("validate", spec.toString(), "--set", "kind=sampling")).isEqualTo(2);
        assertThat(err.toString())
                .contains("kind")
                .contains("tail-sampling, virtual-metrics")
                .contains("1 mistake;");
    }

    @Test
    void aPreviewIsForTailSampling() {
        assertThat(tailrace("preview", spec.toString(), "--set", "kind=virtual-metrics"))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("kind")
                .contains("expected one of: tail-sampling, pipeline")
                .contains("1 mistake;");
    }

    @Test
    void aWrongSpecIsNotRun() {
        assertThat(tailrace("run", spec.toString(), "--set", "name=")).isEqualTo(2);
        assertThat(err.toString()).contains("name").doesNotContain("\tat ");
    }

    @Test
    void whatFlinkWouldRefuseIsAMistakeInTheSpec() {
        assertThat(
                        tailrace(
                                "validate",
                                spec.toString(),
                                "--set",
                                "flink.execution.checkpointing.interval=often"))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("--set flink.execution.checkpointing.interval")
                .contains("\"often\"");
    }

    @Test
    void brokersThatAreNotThereAreToldInOneLine() {
        assertThat(
                        tailrace(
                                "run",
                                spec.toString(),
                                "--set",
                                "source={kafka: {bootstrap_servers: \"127.0.0.1:1\"}}"))
                .isEqualTo(1);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith("tailrace: Kafka at 127.0.0.1:1 does not answer");
    }

    @Test
    void aSavepointThatIsNotThereIsToldInOneLine() {
        assertThat(tailrace("run", spec.toString(), "--from", folder.resolve("none").toString()))
                .isEqualTo(1);
        assertThat(err.toString().lines()).singleElement().asString().contains("no folder");
    }

    @Test
    void anUnknownCommandIsExplained() {
        assertThat(tailrace("rn")).isEqualTo(2);
        assertThat(err.toString()).contains("rn").contains("Usage: tailrace");
    }

    @Test
    void theVersionNamesTailraceFlinkAndJava() {
        assertThat(tailrace("--version")).isEqualTo(0);
        assertThat(out.toString())
                .startsWith("Tailrace ")
                .contains("Flink 2.2.1")
                .contains("Java 17");
    }

    @Test
    void theBenchmarksAreNamedButNotInTheJobJar() {
        assertThat(tailrace("--help")).isEqualTo(0);
        assertThat(out.toString()).containsPattern("(?m)^  bench +Measures how fast");

        assertThat(tailrace("bench", "sampling", "--json")).isEqualTo(2);
        assertThat(err.toString()).contains("./tailrace bench");
    }
}
