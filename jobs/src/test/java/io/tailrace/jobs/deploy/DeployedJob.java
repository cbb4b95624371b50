package io.tailrace.jobs.deploy;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.util.TimeUtils;

import com.fasterxml.jackson.databind.JsonNode;
import io.tailrace.jobs.JobSpec;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** A FlinkDeployment: what it runs, and with what. */
final class DeployedJob {

    private static final String OBJECT_STORAGE = "s3://";

    private final RenderedOverlay overlay;
    private final JsonNode deployment;
    private final DeployedPods pods;

    DeployedJob(RenderedOverlay overlay, JsonNode deployment) {
        this.overlay = overlay;
        this.deployment = deployment;
        this.pods = new DeployedPods(overlay, deployment);
    }

    String name() {
        return deployment.at("/metadata/name").asText();
    }

    DeployedPods pods() {
        return pods;
    }

    Class<?> entryClass() throws ClassNotFoundException {
        return Class.forName(deployment.at("/spec/job/entryClass").asText());
    }

    /** Of what a JobManager finds in its environment; it reads the spec. */
    Map<String, String> environment() {
        Map<String, String> all =
                new HashMap<>(overlay.environment(pods.all().at("/containers/0")));
        all.putAll(overlay.environment(pods.jobManager().at("/containers/0")));
        return all;
    }

    String specText() {
        List<String> arguments = DeployFolder.texts(deployment.at("/spec/job/args"));
        assertThat(arguments).hasSize(2).first().isEqualTo("--spec");
        return overlay.mounted(pods.all(), pods.all().at("/containers/0"), arguments.get(1));
    }

    static Map<String, String> texts(JsonNode object) {
        Map<String, String> all = new HashMap<>();
        object.properties().forEach(each -> all.put(each.getKey(), each.getValue().asText()));
        return all;
    }

    private Configuration options() {
        return Configuration.fromMap(texts(deployment.at("/spec/flinkConfiguration")));
    }

    /** All options are some that Flink or its operator knows, and right for what runs here. */
    void assertOptionsAreFlinks() throws Exception {
        Map<String, String> options = options().toMap();
        assertThat(KnownOptions.problems(options)).isEmpty();
        assertThat(options)
                .containsEntry("high-availability.type", "kubernetes")
                .containsEntry("job.autoscaler.enabled", "true")
                .containsEntry("job.autoscaler.scaling.enabled", "false");
        assertThat(
                        List.of(
                                options.get("high-availability.storageDir"),
                                options.get("execution.checkpointing.dir"),
                                options.get("execution.checkpointing.savepoint-dir")))
                .allMatch(folder -> folder.startsWith(OBJECT_STORAGE));
        assertThat(deployment.at("/spec/job/upgradeMode").asText()).isEqualTo("savepoint");
        assertThat(hours(options, "kubernetes.operator.savepoint.history.max.age"))
                .as("no savepoint is forgotten for its age before it is for their number")
                .isGreaterThan(
                        hours(options, "kubernetes.operator.periodic.savepoint.interval")
                                * Integer.parseInt(
                                        options.get(
                                                "kubernetes.operator.savepoint.history.max.count")));
        String flink = ImageTest.property("flink.version");
        assertThat("v" + flink.substring(0, flink.lastIndexOf('.')).replace('.', '_'))
                .isEqualTo(deployment.at("/spec/flinkVersion").asText());
        assertThat(deployment.at("/spec/image").asText()).matches(".+/tailrace:\\d+\\.\\d+\\.\\d+");
        assertThat(pods.all().at("/containers/0/ports/0/containerPort").asText())
                .isEqualTo(options.get("metrics.reporter.prom.port"));
        assertThat(pods.jobManager().at("/containers/0/readinessProbe/tcpSocket/port").asInt())
                .as("where the operator asks, which is for one that listens")
                .isEqualTo(options().get(RestOptions.PORT));
    }

    private static long hours(Map<String, String> options, String key) {
        return TimeUtils.parseDuration(options.get(key)).toHours();
    }

    /** The heap has room for what the spec lets each slot keep in memory. */
    void assertMemoryHolds(JobSpec spec) {
        Memory.assertJobManagerStarts(
                options(), deployment.at("/spec/jobManager/resource/memory").asText());
        MemorySize heap =
                Memory.taskManagerHeap(
                        options(), deployment.at("/spec/taskManager/resource/memory").asText());
        int slots = Integer.parseInt(options().toMap().get("taskmanager.numberOfTaskSlots"));
        assertThat(heap.getBytes())
                .as("heap of %s for %d slots", name(), slots)
                .isGreaterThan(slots * Memory.ofSlot(spec));
    }
}
