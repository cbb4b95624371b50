package io.tailrace.jobs.deploy;

import org.apache.flink.configuration.MemorySize;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The pods of a FlinkDeployment, by its templates: what all have, and what one kind has besides.
 */
record DeployedPods(RenderedOverlay overlay, JsonNode deployment) {

    /** What Flink's own configuration of logging keeps: the present file and ten older ones. */
    private static final MemorySize LOGS = MemorySize.ofMebiBytes(11 * 100);

    JsonNode all() {
        return deployment.at("/spec/podTemplate/spec");
    }

    JsonNode jobManager() {
        return deployment.at("/spec/jobManager/podTemplate/spec");
    }

    JsonNode taskManager() {
        return deployment.at("/spec/taskManager/podTemplate/spec");
    }

    /** With those that Flink adds. */
    Map<String, String> taskManagerLabels() {
        return labels("taskmanager");
    }

    Map<String, String> jobManagerLabels() {
        return labels("jobmanager");
    }

    private Map<String, String> labels(String component) {
        Map<String, String> labels =
                DeployedJob.texts(deployment.at("/spec/podTemplate/metadata/labels"));
        labels.put("app", deployment.at("/metadata/name").asText());
        labels.put("component", component);
        labels.put("type", "flink-native-kubernetes");
        return labels;
    }

    /**
     * The pods among which TaskManagers are spread over nodes; few nodes keep none from starting.
     */
    JsonNode taskManagersSpread() {
        JsonNode constraint = taskManager().at("/topologySpreadConstraints/0");
        assertThat(constraint.at("/whenUnsatisfiable").asText()).isEqualTo("ScheduleAnyway");
        return overNodes(constraint);
    }

    /** The pods whose nodes JobManagers avoid. */
    JsonNode jobManagersApart() {
        return overNodes(
                jobManager()
                        .at("/affinity/podAntiAffinity")
                        .at("/preferredDuringSchedulingIgnoredDuringExecution/0/podAffinityTerm"));
    }

    private static JsonNode overNodes(JsonNode rule) {
        assertThat(rule.at("/topologyKey").asText()).isEqualTo("kubernetes.io/hostname");
        return rule.get("labelSelector");
    }

    /**
     * RocksDB is on a volume, and what is written elsewhere too, for the root is read-only. With
     * RocksDB are the files that go to object storage, which may be as large.
     */
    void assertFoldersAreMounted() {
        JsonNode rocksDb = taskManager().at("/containers/0/volumeMounts/0");
        Map<String, String> options = DeployedJob.texts(deployment.at("/spec/flinkConfiguration"));
        assertThat(rocksDb.get("mountPath").asText())
                .isEqualTo(options.get("state.backend.rocksdb.localdir"));
        assertThat(options)
                .containsEntry(
                        "env.java.opts.taskmanager",
                        "-Djava.io.tmpdir=" + rocksDb.get("mountPath").asText());
        assertThat(
                        RenderedOverlay.named(
                                taskManager().get("volumes"), rocksDb.get("name").asText()))
                .isNotNull();
        List<String> mounted = all().at("/containers/0/volumeMounts").findValuesAsText("mountPath");
        assertThat(mounted).contains("/tmp", "/opt/flink/log");
        assertThat(all().at("/containers/0/volumeMounts").findValuesAsText("name"))
                .allSatisfy(volume -> RenderedOverlay.named(all().get("volumes"), volume));
        String log =
                RenderedOverlay.named(all().get("volumes"), "log")
                        .at("/emptyDir/sizeLimit")
                        .asText();
        assertThat(MemorySize.parse(log.replace("Gi", "g")))
                .as("a pod with more is evicted")
                .isGreaterThan(LOGS);
    }

    void assertConfined() {
        assertConfined(all(), all().at("/containers/0"));
        assertThat(deployment.findValues("privileged")).isEmpty();
        assertThat(overlay.of("ServiceAccount"))
                .extracting(each -> each.at("/metadata/name").asText())
                .contains(deployment.at("/spec/serviceAccount").asText());
        assertThat(List.of(jobManager(), taskManager()))
                .allMatch(
                        pod -> pod.at("/containers/0/name").equals(all().at("/containers/0/name")));
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
