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

/** A FlinkDeployment, and what its pods will be. */
final class DeployedJob {

    private static final String OBJECT_STORAGE = "s3://";

    /** What Flink's own configuration of logging keeps: the present file and ten older ones. */
    private static final MemorySize LOGS = MemorySize.ofMebiBytes(11 * 100);

    private final RenderedOverlay overlay;
    private final JsonNode deployment;

    DeployedJob(RenderedOverlay overlay, JsonNode deployment) {
        this.overlay = overlay;
        this.deployment = deployment;
    }

    String name() {
        return deployment.at("/metadata/name").asText();
    }

    Class<?> entryClass() throws ClassNotFoundException {
        return Class.forName(deployment.at("/spec/job/entryClass").asText());
    }

    private JsonNode pod(String part) {
        return deployment.at("/spec" + part + "/podTemplate/spec");
    }

    /** Of what a JobManager finds in its environment; it reads the spec. */
    Map<String, String> environment() {
        Map<String, String> all = new HashMap<>(overlay.environment(pod("").at("/containers/0")));
        all.putAll(overlay.environment(pod("/jobManager").at("/containers/0")));
        return all;
    }

    String specText() {
        List<String> arguments = DeployFolder.texts(deployment.at("/spec/job/args"));
        assertThat(arguments).hasSize(2).first().isEqualTo("--spec");
        return overlay.mounted(pod(""), pod("").at("/containers/0"), arguments.get(1));
    }

    /** With those that Flink adds. */
    Map<String, String> taskManagerLabels() {
        return labels("taskmanager");
    }

    Map<String, String> jobManagerLabels() {
        return labels("jobmanager");
    }

    private Map<String, String> labels(String component) {
        Map<String, String> labels = texts(deployment.at("/spec/podTemplate/metadata/labels"));
        labels.put("app", name());
        labels.put("component", component);
        labels.put("type", "flink-native-kubernetes");
        return labels;
    }

    /**
     * The pods among which TaskManagers are spread over nodes; few nodes keep none from starting.
     */
    JsonNode taskManagersSpread() {
        JsonNode constraint = pod("/taskManager").at("/topologySpreadConstraints/0");
        assertThat(constraint.at("/whenUnsatisfiable").asText()).isEqualTo("ScheduleAnyway");
        return overNodes(constraint);
    }

    /** The pods whose nodes JobManagers avoid. */
    JsonNode jobManagersApart() {
        return overNodes(
                pod("/jobManager")
                        .at("/affinity/podAntiAffinity")
                        .at("/preferredDuringSchedulingIgnoredDuringExecution/0/podAffinityTerm"));
    }

    private static JsonNode overNodes(JsonNode rule) {
        assertThat(rule.at("/topologyKey").asText()).isEqualTo("kubernetes.io/hostname");
        return rule.get("labelSelector");
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
        assertThat(pod("").at("/containers/0/ports/0/containerPort").asText())
                .isEqualTo(options.get("metrics.reporter.prom.port"));
        assertThat(pod("/jobManager").at("/containers/0/readinessProbe/tcpSocket/port").asInt())
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

    /**
     * RocksDB is on a volume, and what is written elsewhere too, for the root is read-only. With
     * RocksDB are the files that go to object storage, which may be as large.
     */
    void assertFoldersAreMounted() {
        JsonNode rocksDb = pod("/taskManager").at("/containers/0/volumeMounts/0");
        Map<String, String> options = options().toMap();
        assertThat(rocksDb.get("mountPath").asText())
                .isEqualTo(options.get("state.backend.rocksdb.localdir"));
        assertThat(options)
                .containsEntry(
                        "env.java.opts.taskmanager",
                        "-Djava.io.tmpdir=" + rocksDb.get("mountPath").asText());
        assertThat(
                        RenderedOverlay.named(
                                pod("/taskManager").get("volumes"), rocksDb.get("name").asText()))
                .isNotNull();
        List<String> mounted =
                pod("").at("/containers/0/volumeMounts").findValuesAsText("mountPath");
        assertThat(mounted).contains("/tmp", "/opt/flink/log");
        assertThat(pod("").at("/containers/0/volumeMounts").findValuesAsText("name"))
                .allSatisfy(volume -> RenderedOverlay.named(pod("").get("volumes"), volume));
        String log =
                RenderedOverlay.named(pod("").get("volumes"), "log")
                        .at("/emptyDir/sizeLimit")
                        .asText();
        assertThat(MemorySize.parse(log.replace("Gi", "g")))
                .as("a pod with more is evicted")
                .isGreaterThan(LOGS);
    }

    void assertPodsAreConfined() {
        assertConfined(pod(""), pod("").at("/containers/0"));
        assertThat(deployment.findValues("privileged")).isEmpty();
        assertThat(overlay.of("ServiceAccount"))
                .extracting(each -> each.at("/metadata/name").asText())
                .contains(deployment.at("/spec/serviceAccount").asText());
        assertThat(List.of("/jobManager", "/taskManager"))
                .allMatch(
                        part ->
                                pod(part)
                                        .at("/containers/0/name")
                                        .equals(pod("").at("/containers/0/name")));
    }

    static void assertConfined(JsonNode pod, JsonNode container) {
        JsonNode user = pod.get("securityContext");
        assertThat(user.get("runAsNonRoot").asBoolean()).isTrue();
        assertThat(user.get("runAsUser").asInt()).isPositive();
        assertThat(user.at("/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
        JsonNode rights = container.get("securityContext");
        assertThat(rights.get("allowPrivilegeEscalation").asBoolean(true)).isFalse();
        assertThat(rights.get("readOnlyRootFilesystem").asBoolean()).isTrue();
        assertThat(DeployFolder.texts(rights.at("/capabilities/drop"))).containsExactly("ALL");
    }
}
