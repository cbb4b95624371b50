package io.tailrace.jobs.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tailrace.jobs.JobSpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** What kustomize makes of {@code deploy/kubernetes}: what would be applied. */
class KubernetesOverlaysTest {

    private static final Set<String> SECRETS =
            Set.of("tailrace-database", "tailrace-database-owner", "tailrace-object-storage");
    private static final String COMPONENT = "app.kubernetes.io/component";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "development",
                "development-pipeline",
                "development-migration",
                "monitoring",
                "production",
                "production-pipeline",
                "production-migration"
            })
    void everyResourceIsGoodAndItsReferencesAreMet(String name) throws Exception {
        RenderedOverlay overlay = RenderedOverlay.rendered(name);
        Set<String> names = new HashSet<>();
        for (JsonNode resource : overlay.resources()) {
            String which = resource.get("kind").asText() + resource.at("/metadata/name").asText();
            assertThat(names.add(which)).as("%s, once", which).isTrue();
            assertThat(PublishedSchemas.problems(resource)).as(which).isEmpty();
            assertThat(resource.at("/metadata/namespace").asText()).isNotEmpty();
            assertThat(overlay.configMapNames())
                    .containsAll(RenderedOverlay.configMapsOf(resource));
            assertThat(resource.findValues("secretKeyRef"))
                    .allSatisfy(secret -> assertThat(secret.get("name").asText()).isIn(SECRETS));
            assertThat(resource.findParents("value"))
                    .as("a secret is never written down")
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"development", "development-pipeline", "production", "production-pipeline"})
    void jobsRunTheSpecsThatAreMounted(String name) throws Exception {
        RenderedOverlay overlay = RenderedOverlay.rendered(name);
        assertThat(overlay.of("FlinkDeployment")).hasSize(name.endsWith("pipeline") ? 1 : 3);
        for (JsonNode deployment : overlay.of("FlinkDeployment")) {
            DeployedJob job = new DeployedJob(overlay, deployment);
            Map<String, String> given = job.environment();
            assertThat(given.keySet()).containsAll(ShippedSpec.variables(job.specText()));
            JobSpec spec = ShippedSpec.good(job.name(), job.specText(), given);

            assertThat(job.name()).isEqualTo("tailrace-" + spec.name());
            assertThat(job.entryClass().getSimpleName())
                    .isEqualTo(spec.getClass().getSimpleName().replace("Spec", "Main"));
            assertThat(spec.flink()).as("the FlinkDeployment says all of it").isEmpty();
            job.assertOptionsAreFlinks();
            job.assertMemoryHolds(spec);
            job.pods().assertFoldersAreMounted();
            job.pods().assertConfined();
        }
    }

    /** A policy that selects nothing protects nothing, and nobody would see it. */
    @ParameterizedTest
    @ValueSource(
            strings = {"development", "development-pipeline", "production", "production-pipeline"})
    void policiesSelectThePodsOfTheirJob(String name) throws Exception {
        RenderedOverlay overlay = RenderedOverlay.rendered(name);
        for (JsonNode deployment : overlay.of("FlinkDeployment")) {
            Map<String, String> pod = new DeployedPods(overlay, deployment).taskManagerLabels();
            assertThat(overlay.of("PodDisruptionBudget"))
                    .filteredOn(each -> selects(each.at("/spec/selector"), pod))
                    .singleElement()
                    .satisfies(
                            each ->
                                    assertThat(each.at("/spec/minAvailable").asInt(-1))
                                            .as("one TaskManager may go at a time")
                                            .isEqualTo(taskManagers(deployment) - 1));
            assertThat(overlay.of("NetworkPolicy"))
                    .filteredOn(each -> selects(each.at("/spec/podSelector"), pod))
                    .singleElement()
                    .satisfies(KubernetesOverlaysTest::assertOthersAreNotOfTheJob);
            assertThat(overlay.of("PodMonitor"))
                    .singleElement()
                    .satisfies(
                            each -> assertThat(selects(each.at("/spec/selector"), pod)).isTrue());
        }
    }

    /** A node that is lost takes as few of a job's pods as may be; those of others do not count. */
    @ParameterizedTest
    @ValueSource(
            strings = {"development", "development-pipeline", "production", "production-pipeline"})
    void podsOfAJobAreSpreadOverNodes(String name) throws Exception {
        RenderedOverlay overlay = RenderedOverlay.rendered(name);
        List<DeployedPods> jobs =
                overlay.of("FlinkDeployment").stream()
                        .map(deployment -> new DeployedPods(overlay, deployment))
                        .toList();
        for (DeployedPods job : jobs) {
            assertThat(jobs)
                    .filteredOn(each -> selects(job.taskManagersSpread(), each.taskManagerLabels()))
                    .containsExactly(job);
            assertThat(jobs)
                    .filteredOn(each -> selects(job.jobManagersApart(), each.jobManagerLabels()))
                    .containsExactly(job);
            assertThat(selects(job.taskManagersSpread(), job.jobManagerLabels())).isFalse();
            assertThat(selects(job.jobManagersApart(), job.taskManagerLabels())).isFalse();
        }
    }

    private static int taskManagers(JsonNode deployment) {
        int slots =
                deployment
                        .at("/spec/flinkConfiguration")
                        .get("taskmanager.numberOfTaskSlots")
                        .asInt();
        return (deployment.at("/spec/job/parallelism").asInt() + slots - 1) / slots;
    }

    private static boolean selects(JsonNode selector, Map<String, String> labels) {
        return selector.get("matchLabels").properties().stream()
                .allMatch(label -> label.getValue().asText().equals(labels.get(label.getKey())));
    }

    /** Labels of the job must not have got into the selectors of those that it talks to. */
    private static void assertOthersAreNotOfTheJob(JsonNode policy) {
        List<JsonNode> others = policy.at("/spec").findParents("namespaceSelector");
        assertThat(others)
                .hasSize(2)
                .allSatisfy(
                        other ->
                                assertThat(other.at("/podSelector/matchLabels").has(COMPONENT))
                                        .isFalse());
    }

    @ParameterizedTest
    @ValueSource(strings = {"development-migration", "production-migration"})
    void theMigrationHasWhatItsSpecNeeds(String name) throws Exception {
        RenderedOverlay overlay = RenderedOverlay.rendered(name);
        JsonNode pod = overlay.of("Job").get(0).at("/spec/template/spec");
        JsonNode container = pod.at("/containers/0");
        Map<String, String> given = overlay.environment(container);
        String text = overlay.mounted(pod, container, "/opt/tailrace/spec/spec.yaml");
        assertThat(given.keySet()).containsAll(ShippedSpec.variables(text));
        ShippedSpec.good(name, text, given);
        assertThat(DeployFolder.texts(container.get("args")))
                .containsExactly("tailrace", "migrate", "/opt/tailrace/spec/spec.yaml");
        DeployedPods.assertConfined(pod, container);
        Map<String, String> labels =
                DeployedJob.texts(overlay.of("Job").get(0).at("/spec/template/metadata/labels"));
        assertThat(overlay.of("NetworkPolicy"))
                .singleElement()
                .satisfies(
                        each -> assertThat(selects(each.at("/spec/podSelector"), labels)).isTrue());
    }
}
