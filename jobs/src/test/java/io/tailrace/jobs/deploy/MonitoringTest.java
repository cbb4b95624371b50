package io.tailrace.jobs.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Alerts and dashboards as Kubernetes gets them are the very ones that are tested as files. */
class MonitoringTest {

    private static final Path RULE = AlertRules.FOLDER.resolve("prometheus-rule.yaml");

    /** {@code kubectl apply} writes a resource into an annotation, which takes no more. */
    private static final int LARGEST_APPLIED = 256 * 1024;

    /** In the words of the file's own comment. */
    @Test
    void theRuleIsMadeOfTheAlerts() throws Exception {
        String text = Files.readString(RULE);
        String head = text.substring(0, text.indexOf("\nspec:\n") + "\nspec:\n".length());
        String alerts = Files.readString(AlertRules.FILE).replaceAll("(?m)^(?=.)", "  ");

        assertThat(text)
                .as("%s says how it is made of %s", RULE, AlertRules.FILE)
                .isEqualTo(head + alerts);
    }

    @Test
    void theOverlayHasAllAlerts() throws Exception {
        assertThat(RenderedOverlay.rendered("monitoring").of("PrometheusRule"))
                .singleElement()
                .satisfies(
                        rule ->
                                assertThat(rule.get("spec"))
                                        .isEqualTo(DeployFolder.document(AlertRules.FILE)));
    }

    /** By the label that its sidecar looks for, and by names that stay. */
    @Test
    void grafanaFindsAllDashboards() throws Exception {
        Map<String, JsonNode> expected = new HashMap<>();
        for (Path file : Dashboards.files()) {
            String name = file.getFileName().toString();
            expected.put(
                    name.replaceAll("tailrace-(\\w+)\\.json", "tailrace-dashboard-$1"),
                    DeployFolder.document(file));
        }
        Map<String, JsonNode> found = new HashMap<>();
        List<JsonNode> maps = RenderedOverlay.rendered("monitoring").of("ConfigMap");
        for (JsonNode map : maps) {
            assertThat(map.at("/metadata/labels/grafana_dashboard").asText()).isEqualTo("1");
            assertThat(map.toString().getBytes(StandardCharsets.UTF_8))
                    .hasSizeLessThan(LARGEST_APPLIED);
            for (JsonNode dashboard : map.get("data")) {
                found.put(
                        map.at("/metadata/name").asText(),
                        DeployFolder.documents(dashboard.asText()).get(0));
            }
        }
        assertThat(found).isEqualTo(expected);
    }
}
