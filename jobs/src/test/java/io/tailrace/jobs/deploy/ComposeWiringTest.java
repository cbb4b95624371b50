package io.tailrace.jobs.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tailrace.jobs.tailsampling.TailSamplingSpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** Services of compose.yaml write what others read, where those look for it. */
class ComposeWiringTest {

    private static final Pattern ADDRESS = Pattern.compile("^([a-z]+):\\d+$");

    private static final Set<String> WITH_PASSWORD =
            Set.of("grafana", "jobmanager", "migrate", "postgres");

    private ComposeStack stack;

    @BeforeEach
    void read() throws IOException {
        stack = ComposeStack.read();
    }

    @Test
    void theExampleWritesWhatTheJobReads() throws IOException {
        TailSamplingSpec example =
                (TailSamplingSpec)
                        ShippedSpec.good(
                                "example.yaml",
                                Files.readString(ComposeStack.FOLDER.resolve("example.yaml")),
                                Map.of());
        assertThat(example.sinks().topics())
                .extracting(topic -> topic.settings().topic())
                .isEqualTo(stack.spec().source().kafka().topics());
    }

    @Test
    void theCollectorWritesWhatTheJobReads() throws IOException {
        JsonNode collector = DeployFolder.document(ComposeStack.FOLDER.resolve("collector.yaml"));
        JsonNode pipeline = collector.at("/service/pipelines/traces");
        assertThat(DeployFolder.texts(pipeline.get("exporters"))).containsExactly("kafka");
        for (String part : List.of("receivers", "processors", "exporters")) {
            assertThat(DeployFolder.texts(pipeline.get(part)))
                    .as(part)
                    .allMatch(collector.get(part)::has);
        }
        JsonNode exporter = collector.at("/exporters/kafka");
        var source = stack.spec().source().kafka();

        assertThat(source.topics()).containsExactly(exporter.at("/traces/topic").asText());
        assertThat(source.encoding().name())
                .isEqualToIgnoringCase(exporter.at("/traces/encoding").asText());
        assertThat(DeployFolder.texts(exporter.get("brokers")))
                .containsExactly(source.bootstrapServers());
        assertThat(exporter.at("/producer/max_message_bytes").asLong())
                .isLessThanOrEqualTo(source.maxRecordBytes().bytes());
    }

    @Test
    void allTopicsAreMade() throws IOException {
        String made = stack.service("topics").get("command").get(2).asText();
        String spec = Files.readString(ComposeStack.FOLDER.resolve("pipeline.yaml"));
        List<String> topics =
                Pattern.compile("topics?: \\[?(\\w+)")
                        .matcher(spec)
                        .results()
                        .map(topic -> topic.group(1))
                        .toList();
        assertThat(topics).hasSize(3).allMatch(topic -> made.contains("topic " + topic + " "));
        assertThat(made)
                .contains(
                        "topic otlp_spans --partitions 4 --config message.timestamp.type=LogAppendTime");
    }

    @Test
    void theJobAndItsMigrationRunTheSpecThatIsMounted() throws IOException {
        for (String name : List.of("jobmanager", "migrate")) {
            JsonNode service = stack.service(name);
            List<String> command = DeployFolder.texts(service.get("command"));
            String path = command.get(command.size() - 1);
            assertThat(DeployFolder.texts(service.get("volumes")))
                    .contains("./pipeline.yaml:" + path + ":ro");
        }
        assertThat(DeployFolder.texts(stack.service("jobmanager").get("command")))
                .startsWith("standalone-job", "--job-classname")
                .contains("io.tailrace.jobs.pipeline.PipelineMain");
        Set<String> variables =
                ShippedSpec.variables(
                        Files.readString(ComposeStack.FOLDER.resolve("pipeline.yaml")));
        assertThat(variables).isNotEmpty();
        for (String name : List.of("jobmanager", "migrate")) {
            assertThat(stack.environmentOf(name).keySet()).containsAll(variables);
        }
        assertThat(stack.spec().name()).isEqualTo("pipeline");
    }

    @Test
    void addressesAreThoseOfServices() throws IOException {
        List<String> addresses = new ArrayList<>();
        addresses.addAll(
                DeployFolder.texts(
                        DeployFolder.document(ComposeStack.FOLDER.resolve("collector.yaml"))
                                .at("/exporters/kafka/brokers")));
        for (JsonNode scraped :
                DeployFolder.document(ComposeStack.FOLDER.resolve("prometheus.yml"))
                        .get("scrape_configs")) {
            addresses.addAll(DeployFolder.texts(scraped.at("/static_configs/0/targets")));
        }
        Map<String, String> grafana = stack.environmentOf("grafana");
        addresses.add(grafana.get("POSTGRES_ADDRESS"));
        addresses.add(grafana.get("PROMETHEUS_URL").replace("http://", ""));
        addresses.add(stack.spec().source().kafka().bootstrapServers());
        assertThat(addresses)
                .hasSize(6)
                .allSatisfy(
                        address -> {
                            var parts = ADDRESS.matcher(address);
                            assertThat(parts.matches()).as(address).isTrue();
                            assertThat(stack.services().has(parts.group(1))).as(address).isTrue();
                        });
        assertThat(Files.readString(ComposeStack.FOLDER.resolve("compose.yaml")))
                .contains("metrics.reporter.prom.port: 9249", "--web.enable-remote-write-receiver");
    }

    /** What the sources of dashboards refer to. */
    @Test
    void grafanaHasWhatItsSourcesNeed() throws IOException {
        String sources =
                Files.readString(
                        DeployFolder.PATH.resolve(
                                "grafana/provisioning/datasources/tailrace.yaml"));
        assertThat(ShippedSpec.variables(sources))
                .hasSizeGreaterThan(3)
                .allMatch(stack.environmentOf("grafana")::containsKey);
    }

    /** TaskManagers get from the JobManager what they need of the spec. */
    @Test
    void whoNeedsNoPasswordHasNone() {
        stack.services()
                .fieldNames()
                .forEachRemaining(
                        name ->
                                assertThat(
                                                stack.environmentOf(name)
                                                        .containsKey("POSTGRES_PASSWORD"))
                                        .as(name)
                                        .isEqualTo(WITH_PASSWORD.contains(name)));
    }

    /** A health check from within is good only where it asks as others do: over the network. */
    @Test
    void healthIsAskedForWhereOthersAsk() {
        List<String> waitedFor = new ArrayList<>();
        for (JsonNode service : stack.services()) {
            for (var needed : service.path("depends_on").properties()) {
                if (needed.getValue().at("/condition").asText().equals("service_healthy")) {
                    waitedFor.add(needed.getKey());
                }
            }
        }
        assertThat(waitedFor)
                .contains("kafka", "postgres", "jobmanager", "prometheus")
                .allSatisfy(
                        name ->
                                assertThat(stack.service(name).at("/healthcheck/test").toString())
                                        .as(name)
                                        .containsAnyOf("127.0.0.1", name + ":"));
    }
}
