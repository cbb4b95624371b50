package io.tailrace.jobs.convert;

import io.tailrace.jobs.Spec;
import io.tailrace.jobs.cli.JobSpecs;
import io.tailrace.jobs.spec.Problem;
import io.tailrace.jobs.spec.SpecReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** What a user sees who brings a Collector's configuration along. */
class ConvertCommandTest {

    @TempDir private Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("collector.yaml"), text);
    }

    private static List<Problem> problems(String spec, Map<String, String> environment) {
        return SpecReader.<Spec>read("spec", spec, JobSpecs.ALL, List.of(), environment).problems();
    }

    /** The whole of it, so that a change in what is written is a change in this file. */
    @Test
    void aShopIsWrittenAsItEverWas() throws IOException {
        Convert run = Convert.run(Convert.configuration("shop.yaml"));

        assertThat(run.out())
                .isEqualTo(Files.readString(Convert.configuration("shop-converted.yaml")));
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void theReportIsAboveTheSpecAndOnStandardError() {
        Convert run = Convert.run(Convert.configuration("shop.yaml"));

        String above =
                run.out().lines().filter(line -> line.startsWith("#")).reduce("", String::concat);
        String words = above.replaceAll("[#\\s]+", "");
        assertThat(run.err().lines().filter(line -> line.startsWith("  ")))
                .hasSizeGreaterThan(50)
                .allSatisfy(line -> assertThat(words).contains(line.replaceAll("[#\\s]+", "")));
    }

    @ParameterizedTest
    @CsvSource({
        "shop.yaml, , pipeline",
        "policies.yaml, tail_sampling/all, tail-sampling",
        "policies.yaml, tail_sampling/nested, tail-sampling",
        "red.yaml, , virtual-metrics"
    })
    void whatIsWrittenIsGoodOnceItsVariablesAreSet(String name, String processor, String kind) {
        String[] options =
                processor == null ? new String[0] : new String[] {"--processor", processor};
        Convert run = Convert.run(Convert.configuration(name), options);

        assertThat(run.exitCode()).isZero();
        assertThat(problems(run.out(), Map.of())).allMatch(Problem::isUnset);
        Map<String, String> set =
                Map.of(
                        "KAFKA_AUTH_SASL_PASSWORD", "a",
                        "PROM_USER", "b",
                        "BASICAUTH_PROM_CLIENT_AUTH_PASSWORD", "c",
                        "PROMETHEUSREMOTEWRITE_HEADERS_X_API_KEY", "d",
                        "KAFKA_GROUP", "e",
                        "KAFKA_SECRET", "f");
        assertThat(problems(run.out(), set)).isEmpty();
        assertThat(run.out()).contains("\nkind: " + kind + "\n");
        for (Problem unset : problems(run.out(), Map.of())) {
            String variable = unset.complaint().split(" ")[3];
            assertThat(run.err()).contains("\n  " + variable);
        }
    }

    @Test
    void noSecretIsCopiedNorPrinted() {
        Convert run = Convert.run(Convert.configuration("shop.yaml"));

        assertThat(run.out() + run.err())
                .doesNotContain("s3cret-password", "plain-secret", "abcdef")
                .contains("KAFKA_AUTH_SASL_PASSWORD: receivers.kafka.auth.sasl.password, line 13");
    }

    /** Kafka's client wants both in one file, which Collectors do not have. */
    @Test
    void aClientsCertificateAndItsKeyAreOneFile() throws IOException {
        Convert run =
                Convert.run(
                        file(
                                """
                                receivers:
                                  kafka: { tls: { cert_file: /a.crt, key_file: /a.key } }
                                processors:
                                  tail_sampling: { policies: [ { name: all, type: always_sample } ] }
                                service:
                                  pipelines: { traces: { receivers: [kafka], processors: [tail_sampling] } }
                                """));

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("security.protocol: SSL")
                .contains("ssl.keystore.type: PEM")
                .contains("ssl.keystore.location: \"${KAFKA_TLS_CERT_FILE}\"");
        assertThat(run.err())
                .contains("KAFKA_TLS_CERT_FILE: receivers.kafka.tls.cert_file, line 2: the path of")
                .contains(
                        "receivers.kafka.tls.key_file: is now in properties.ssl.keystore.location");
        assertThat(problems(run.out(), Map.of("KAFKA_TLS_CERT_FILE", "/a.pem"))).isEmpty();
    }

    @Test
    void whereCollectorsReceiveSpansTheirExporterIsShown() {
        assertThat(Convert.run(Convert.configuration("shop.yaml")).err())
                .contains("For the Collectors that receive spans:")
                .contains("traces: { topic: otlp_spans, encoding: otlp_proto }")
                .contains("For a Collector behind, that exports what was kept:")
                .contains("exporters: [otlp/backend]");
    }

    @Test
    void whatIsWrittenIsNotReadAgain() {
        Convert run =
                Convert.run(
                        Convert.configuration("policies.yaml"), "--processor", "tail_sampling/all");

        assertThat(run.out())
                .contains("topic: otlp_spans_sampled")
                .contains("topics: [otlp_spans]");
        assertThat(run.err())
                .contains("exporters.kafka.topic: is now otlp_spans_sampled, for the job reads");
    }

    @Test
    void whatStaysWithCollectorsIsTold() throws IOException {
        Convert run =
                Convert.run(
                        file(
                                """
                                receivers: { otlp: {} }
                                processors:
                                  k8sattributes: {}
                                  transform/after: {}
                                  tail_sampling: { policies: [ { name: all, type: always_sample } ] }
                                connectors: { spanmetrics: {} }
                                exporters: { loadbalancing: {}, otlp: {} }
                                service:
                                  pipelines:
                                    traces/first: { receivers: [otlp], exporters: [loadbalancing] }
                                    traces:
                                      receivers: [otlp]
                                      processors: [k8sattributes, tail_sampling, transform/after]
                                      exporters: [otlp, spanmetrics]
                                """));

        assertThat(run.err())
                .contains("line 3: processors.k8sattributes: keep it in the Collectors that write")
                .contains("line 4: processors.transform/after: keep it in a Collector behind")
                .contains("processors: [transform/after]")
                .contains("exporters: [otlp]")
                .contains(
                        "line 6: connectors.spanmetrics: counts the spans that were kept; here all")
                .contains("line 7: exporters.loadbalancing: is needed no more")
                .contains("line 7: exporters.otlp: keep it in a Collector behind")
                .contains("line 1: receivers.otlp: spans must come through Kafka")
                .contains("line 10: service.pipelines.traces/first: the job has no part in it");
    }

    @Test
    void aNameBehindADollarIsToldOf() throws IOException {
        Convert run =
                Convert.run(
                        file(
                                """
                                processors:
                                  tail_sampling:
                                    policies:
                                      - name: tenant
                                        type: string_attribute
                                        string_attribute: { key: tenant, values: [$TENANT, a$$b] }
                                """));

        assertThat(run.err())
                .contains("line 6: ", "$TENANT is a text", "a reference is written ${TENANT}")
                .doesNotContain("$b is a text");
    }

    @Test
    void severalProcessorsAreToldWithTheirLines() {
        Path file = Convert.configuration("policies.yaml");
        Convert run = Convert.run(file);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .startsWith(file + ":9: processors: a spec is for one tail_sampling; choose by")
                .contains("tail_sampling/all (line 9), tail_sampling/nested (line 37)")
                .contains("nothing was written");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "just a text",
                "[a, list]",
                "kind: tail-sampling\nname: shop",
                "processors: [tail_sampling]",
                "processors: { batch: {} }\nexporters: { loadbalancing: {} }",
                "processors: { tail_sampling: {} }",
                "processors: { tail_sampling: { policies: [] } }",
                "processors: { tail_sampling: { policies: [ { name: a, type: latncy } ] } }",
                "processors: { tail_sampling: \nexporters: }",
                ""
            })
    void whatIsNoConfigurationIsRefusedWithItsLine(String text) throws IOException {
        Path file = file(text);
        Path output = folder.resolve("spec.yaml");
        Convert run = Convert.run(file, "--output", output.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .matches("(?s)" + Pattern.quote(file.toString()) + ":\\d+: .*")
                .endsWith("nothing was written" + System.lineSeparator())
                .doesNotContain("\tat ");
        assertThat(output).doesNotExist();
    }

    @Test
    void aFileThatIsThereIsOverwrittenByForceAlone() throws IOException {
        Path output = Files.writeString(folder.resolve("spec.yaml"), "mine");
        Path file = Convert.configuration("red.yaml");

        Convert refused = Convert.run(file, "--output", output.toString());
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("--force");
        assertThat(output).hasContent("mine");

        Convert forced = Convert.run(file, "--output", output.toString(), "--force");
        assertThat(forced.exitCode()).isZero();
        assertThat(forced.out()).isEmpty();
        assertThat(Files.readString(output)).contains("kind: virtual-metrics", "name: red");
    }

    @Test
    void theJobIsNamedAfterTheFileOrAsAsked() {
        Path file = Convert.configuration("red.yaml");
        assertThat(Convert.run(file).out()).contains("\nname: red\n");
        assertThat(Convert.run(file, "--name", "metrics").out()).contains("\nname: metrics\n");

        Convert wrong = Convert.run(file, "--name", "no spaces");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).contains("name: \"no spaces\"");
    }

    @Test
    void blueKingsParametersAreTakenToo() throws IOException {
        Path file =
                file(
                        """
                        {"trace_session_gap_min": 5, "max_span_count": 2000, "random_sampling_ratio": 12,
                         "sampling_conditions": [
                           {"key": "elapsed_time", "method": "gt", "value": ["500000"]},
                           {"condition": "OR", "key": "status.code", "method": "eq", "value": ["2"]}],
                         "surprise": 1}
                        """);
        Convert run = Convert.run(file, "--from", "bk");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).contains("line 5: surprise: is not known");
        Map<String, String> topics = Map.of("SPANS_TOPIC", "in", "SAMPLED_SPANS_TOPIC", "out");
        assertThat(problems(run.out(), topics)).isEmpty();
        assertThat(run.out())
                .contains("bk: { trace_session_gap_min: 5, max_span_count: 2000 }")
                .contains("random_sampling_ratio: 12")
                .contains("- { condition: OR, key: status.code, method: eq, value: [\"2\"] }");

        assertThat(Convert.run(file).exitCode()).isEqualTo(2);
        assertThat(Convert.run(Convert.configuration("red.yaml"), "--from", "bk").exitCode())
                .isEqualTo(2);
    }
}
