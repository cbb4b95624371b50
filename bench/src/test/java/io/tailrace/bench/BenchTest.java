package io.tailrace.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tailrace.jobs.cli.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Each command, as small as can be. */
class BenchTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir private Path folder;

    private int bench(String... arguments) {
        return Program.execute(new Bench(), new PrintWriter(out), new PrintWriter(err), arguments);
    }

    /** Runs a command with JSON, and gives its last line. */
    private JsonNode figures(String arguments) throws Exception {
        Path results = folder.resolve("RESULTS.md");
        String all = arguments + " --json --results " + results;
        int exit = bench(all.split(" "));
        assertThat(exit).as("%s%n%s%n%s", arguments, out, err).isEqualTo(0);
        List<String> lines = out.toString().lines().toList();
        return new ObjectMapper().readTree(lines.get(lines.size() - 1));
    }

    @Test
    void samplingMeasuresAllModes() throws Exception {
        JsonNode figures =
                figures("sampling --rounds 1 --seconds 1 --warm-up 1 --open 5000 --profile");

        JsonNode rates = figures.get("spans_per_second");
        for (String mode : List.of("pass_through", "reference", "rocksdb", "heap")) {
            assertThat(rates.get(mode).asDouble()).isGreaterThan(100);
            assertThat(figures.get("longest_pause_ms").get(mode).asDouble()).isNotNegative();
        }
        assertThat(rates.size()).isEqualTo(4);
        JsonNode ratios = figures.get("ratios");
        assertThat(ratios.get("rocksdb/reference").asDouble())
                .isCloseTo(
                        rates.get("rocksdb").asDouble() / rates.get("reference").asDouble(),
                        within(0.01));
        assertThat(ratios.has("rocksdb/pass_through")).isTrue();
        assertThat(ratios.has("heap/pass_through")).isTrue();
        assertThat(Files.readString(folder.resolve("RESULTS.md")))
                .contains("## sampling, interleaved, 5,000 spans open")
                .contains("* Command: `./tailrace bench sampling --rounds 1 --seconds 1")
                .contains("| rocksdb/reference | ")
                .contains("## Profile of sampling, interleaved, 5,000 spans open")
                .contains("### pass_through");
    }

    @Test
    void samplingTakesTheModesAndTheWorkloadAskedFor() throws Exception {
        JsonNode figures =
                figures(
                        "sampling --rounds 2 --seconds 1 --warm-up 0 --open 1000"
                                + " --workload grouped --modes heap,pass_through");

        assertThat(figures.get("spans_per_second").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("heap", "pass_through");
        assertThat(figures.get("workload").asText()).isEqualTo("grouped");
        assertThat(err.toString().lines().filter(line -> line.contains("spans/s")))
                .extracting(line -> line.substring(0, line.indexOf(": ")))
                .containsExactly(
                        "round 1 of 2, heap",
                        "round 1 of 2, pass_through",
                        "round 2 of 2, heap",
                        "round 2 of 2, pass_through");
    }

    @Test
    void scaleComparesTheCostOfASpan() throws Exception {
        JsonNode figures =
                figures("scale --rounds 1 --seconds 1 --warm-up 0 --few 100 --many 2000");

        JsonNode costs = figures.get("us_per_span");
        double few = costs.get("100").asDouble();
        double many = costs.get("2000").asDouble();
        assertThat(few).isPositive();
        assertThat(figures.get("ratio").asDouble()).isCloseTo(many / few, within(0.01));
    }

    @Test
    void metricsAreComparedToPassingThrough() throws Exception {
        JsonNode figures =
                figures("metrics --rounds 1 --seconds 1 --warm-up 1 --pairing-wait 1 --profile");

        JsonNode rates = figures.get("spans_per_second");
        double passThrough = rates.get("pass_through").asDouble();
        assertThat(rates.size()).isEqualTo(3);
        assertThat(figures.get("ratio").asDouble())
                .isPositive()
                .isCloseTo(rates.get("metrics").asDouble() / passThrough, within(0.01));
        assertThat(figures.get("ratio_with_edges").asDouble())
                .isPositive()
                .isCloseTo(rates.get("metrics_and_edges").asDouble() / passThrough, within(0.01));
        assertThat(Files.readString(folder.resolve("RESULTS.md")))
                .contains("## metrics")
                .contains("| metrics/pass_through | ")
                .contains("## Profile of metrics")
                .contains("### metrics_and_edges");
    }

    @Test
    void discoveryIsComparedToPassingThrough() throws Exception {
        JsonNode figures =
                figures("discovery --rounds 1 --seconds 1 --warm-up 0 --pairing-wait 1 --profile");

        JsonNode rates = figures.get("spans_per_second");
        assertThat(rates.size()).isEqualTo(2);
        assertThat(figures.get("ratio").asDouble())
                .isPositive()
                .isCloseTo(
                        rates.get("discovery").asDouble() / rates.get("pass_through").asDouble(),
                        within(0.01));
        assertThat(Files.readString(folder.resolve("RESULTS.md")))
                .contains("## discovery")
                .contains("| discovery/pass_through | ")
                .contains("## Profile of discovery")
                .contains("### discovery");
    }

    @Test
    void stateCountsTheBytesOfACheckpoint() throws Exception {
        JsonNode figures = figures("state --open 5000");

        assertThat(figures.get("open_spans").asInt()).isBetween(5000, 5200);
        // A span of 900 bytes, compressed or not.
        assertThat(figures.get("state_bytes").asDouble() / 5000).isBetween(100.0, 2000.0);
        assertThat(figures.get("ratio").asDouble())
                .isCloseTo(
                        figures.get("state_bytes").asDouble()
                                / figures.get("otlp_bytes").asDouble(),
                        within(0.01));
    }

    @Test
    void stateReadsAFile() throws Exception {
        Path input = folder.resolve("spans.jsonl");
        String span =
                "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"traceId\":\"%032x\","
                        + "\"spanId\":\"%016x\",\"name\":\"GET /\"}]}]}]}";
        Files.write(
                input, List.of(span.formatted(1, 1), span.formatted(1, 2), span.formatted(2, 3)));

        JsonNode figures = figures("state --input " + input);

        assertThat(figures.get("open_spans").asInt()).isEqualTo(3);
        assertThat(figures.get("open_traces").asInt()).isEqualTo(2);
    }

    @Test
    void kafkaMeasuresTheWholeJob() throws Exception {
        JsonNode figures = figures("kafka --rounds 1 --seconds 2 --open 1000 --spans 20000");

        JsonNode rates = figures.get("spans_per_second");
        assertThat(rates.get("pass_through").asDouble()).isPositive();
        assertThat(rates.get("kafka_to_kafka").asDouble()).isPositive();
        assertThat(figures.get("ratios").has("kafka_to_kafka/pass_through")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sampling --rounds 0",
                "sampling --open 1",
                "sampling --modes heap,fast",
                "sampling --workload shop",
                "scale --few 1000 --many 1000",
                "metrics --seconds 0",
                "metrics --modes rocksdb",
                "metrics --pairing-wait -1",
                "discovery --seconds 0",
                "discovery --pairing-wait -1",
                "discovery --warm-up -1",
                "state --input no-such-file",
                "kafka --open 1000 --spans 2000",
                "fly",
                ""
            })
    void wrongOptionsAreRefusedBeforeAnythingStarts(String arguments) {
        assertThat(bench(arguments.isEmpty() ? new String[0] : arguments.split(" "))).isEqualTo(2);
        assertThat(err.toString()).isNotEmpty().doesNotContain("\tat ", "making the records");
        assertThat(out.toString()).isEmpty();
    }
}
