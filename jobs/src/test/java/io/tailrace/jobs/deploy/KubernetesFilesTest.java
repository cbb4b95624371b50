package io.tailrace.jobs.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Each file for Kubernetes, as it is written. */
class KubernetesFilesTest {

    static final Path FOLDER = DeployFolder.PATH.resolve("kubernetes");

    private static final String KUSTOMIZATION = "kustomization.yaml";

    /** Those of other folders too, which are rendered from where their files are. */
    static List<Path> kustomizations() {
        return DeployFolder.files(DeployFolder.PATH).stream()
                .filter(file -> file.endsWith(KUSTOMIZATION))
                .toList();
    }

    private static Stream<String> named(Path kustomization) {
        JsonNode its = DeployFolder.document(kustomization);
        Stream<JsonNode> lists =
                Stream.of(
                        its.path("resources"), its.path("components"), its.path("configurations"));
        Stream<String> patches = its.path("patches").findValuesAsText("path").stream();
        Stream<String> maps =
                its.path("configMapGenerator").findValues("files").stream()
                        .flatMap(list -> DeployFolder.texts(list).stream());
        Stream<String> environments =
                its.path("configMapGenerator").findValues("envs").stream()
                        .flatMap(list -> DeployFolder.texts(list).stream());
        return Stream.of(
                        lists.flatMap(list -> DeployFolder.texts(list).stream()),
                        patches,
                        maps,
                        environments)
                .flatMap(each -> each);
    }

    @ParameterizedTest
    @MethodSource("kustomizations")
    void aKustomizationNamesWhatIsThere(Path kustomization) {
        assertThat(PublishedSchemas.problems(DeployFolder.document(kustomization))).isEmpty();
        assertThat(named(kustomization))
                .isNotEmpty()
                .allSatisfy(
                        name -> {
                            Path named = kustomization.resolveSibling(name);
                            assertThat(named).exists();
                            if (Files.isDirectory(named)) {
                                assertThat(named.resolve(KUSTOMIZATION)).exists();
                            }
                        });
    }

    @Test
    void noFileIsForgotten() {
        Set<Path> named = new TreeSet<>();
        for (Path kustomization : kustomizations()) {
            named(kustomization)
                    .map(name -> kustomization.resolveSibling(name).normalize())
                    .map(each -> Files.isDirectory(each) ? each.resolve(KUSTOMIZATION) : each)
                    .forEach(named::add);
        }
        assertThat(DeployFolder.files(FOLDER))
                .map(Path::normalize)
                .filteredOn(file -> !file.toString().contains("/overlays/"))
                .isNotEmpty()
                .allMatch(named::contains);
    }

    static List<Path> resources() {
        return Stream.concat(
                        DeployFolder.files(FOLDER).stream(),
                        Stream.of(AlertRules.FOLDER.resolve("prometheus-rule.yaml")))
                .filter(file -> file.toString().endsWith(".yaml"))
                .filter(file -> !file.endsWith("spec.yaml") && !file.endsWith("fields.yaml"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("resources")
    void aResourceIsAsItsSchemaWantsIt(Path file) {
        assertThat(DeployFolder.documents(file))
                .isNotEmpty()
                .allSatisfy(resource -> assertThat(PublishedSchemas.problems(resource)).isEmpty());
    }

    /** The checks above see what is wrong. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "base/job/flink-deployment.yaml /spec/podTemplate/spec/securityContext",
                "base/job/flink-deployment.yaml /spec/job",
                "base/job/network-policy.yaml /spec",
                "base/job/pod-disruption-budget.yaml /spec/selector",
                "base/migration/job.yaml /spec/template/spec/containers/0",
                "base/shared/service-account.yaml ",
                "base/shared/pod-monitor.yaml /spec",
                "../prometheus/prometheus-rule.yaml /spec/groups/0/rules/0",
                "base/shared/kustomization.yaml "
            })
    void aFieldThatNobodyKnowsIsSeen(String where) {
        List<String> parts = List.of(where.split(" ", 2));
        JsonNode resource = DeployFolder.documents(FOLDER.resolve(parts.get(0))).get(0);
        ((ObjectNode) resource.at(parts.get(1))).put("unheardOf", true);
        assertThat(PublishedSchemas.problems(resource)).isNotEmpty();
    }
}
