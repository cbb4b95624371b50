package io.tailrace.jobs.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** Prometheus takes the rules and what dashboards ask, and alerts come when they should. */
class PrometheusRulesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern ALERT_NAME = Pattern.compile("alertname=\"(\\w+)\"");

    @TempDir private Path folder;

    @Test
    void alertsComeWhenTheyShould() throws Exception {
        Tool promtool = Tool.named(Tool.PROMTOOL);
        promtool.run("check", "rules", AlertRules.FILE.toString());
        promtool.run("test", "rules", AlertRules.TESTS.toString());
    }

    /** Promtool does not miss alerts that no test asks for. */
    @Test
    void everyAlertIsSeenToFire() {
        Set<String> seen = new HashSet<>();
        for (JsonNode test : DeployFolder.document(AlertRules.TESTS).get("tests")) {
            for (JsonNode asked : test.path("promql_expr_test")) {
                for (JsonNode sample : asked.path("exp_samples")) {
                    ALERT_NAME
                            .matcher(sample.get("labels").asText())
                            .results()
                            .forEach(name -> seen.add(name.group(1)));
                }
            }
        }
        assertThat(seen)
                .containsExactlyInAnyOrderElementsOf(
                        AlertRules.alerts().stream().map(AlertRules::name).toList());
    }

    @Test
    void everyAlertSaysHowBadItIsAndWhatToDo() {
        assertThat(AlertRules.alerts())
                .hasSizeGreaterThan(20)
                .allSatisfy(
                        alert -> {
                            assertThat(alert.at("/labels/severity").asText())
                                    .isIn("critical", "warning", "info");
                            assertThat(alert.at("/annotations/summary").asText()).isNotEmpty();
                            assertThat(alert.at("/annotations/description").asText()).isNotEmpty();
                            assertThat(alert.at("/annotations/runbook").asText())
                                    .isEqualTo(
                                            "docs/operations.md#"
                                                    + AlertRules.name(alert)
                                                            .toLowerCase(Locale.ROOT));
                        });
    }

    /** Where its link leads. */
    @Test
    void everyAlertIsExplained() throws Exception {
        List<String> headings =
                Files.readAllLines(Path.of("..", "docs", "operations.md")).stream()
                        .filter(line -> line.matches("#+ Tailrace\\w+"))
                        .map(line -> line.replaceAll("#+ ", ""))
                        .toList();
        assertThat(headings)
                .containsExactlyInAnyOrderElementsOf(
                        AlertRules.alerts().stream().map(AlertRules::name).toList());
    }

    @Test
    void dashboardsAskWhatCanBeAnswered() throws Exception {
        Map<String, String> queries = Dashboards.queries();
        assertThat(queries).hasSizeGreaterThan(60);
        ArrayNode rules = JSON.createArrayNode();
        queries.values()
                .forEach(
                        query ->
                                rules.addObject()
                                        .put("record", "asked:" + rules.size())
                                        .put("expr", query));
        ObjectNode group = JSON.createObjectNode().put("name", "dashboards").set("rules", rules);
        ObjectNode file = JSON.createObjectNode().set("groups", JSON.createArrayNode().add(group));
        // JSON is YAML.
        Path written = folder.resolve("dashboards.yaml");
        Files.writeString(written, file.toPrettyString());

        String said = Tool.named(Tool.PROMTOOL).run("check", "rules", written.toString());

        assertThat(said).contains(queries.size() + " rules found");
    }

    /** With the rules where compose.yaml puts them. */
    @Test
    void theConfigurationOfComposeIsGood() throws Exception {
        Path compose = DeployFolder.PATH.resolve("compose");
        JsonNode mounts =
                DeployFolder.document(compose.resolve("compose.yaml"))
                        .at("/services/prometheus/volumes");
        for (String mount : DeployFolder.texts(mounts)) {
            List<String> parts = List.of(mount.split(":"));
            if (parts.get(0).startsWith(".")) {
                Path target = folder.resolve(parts.get(1).substring(1));
                Files.createDirectories(target.getParent());
                Files.copy(compose.resolve(parts.get(0)), target);
            }
        }
        Path config = folder.resolve("etc/prometheus/prometheus.yml");

        String said = Tool.named(Tool.PROMTOOL).run("check", "config", config.toString());

        assertThat(said).contains("1 rule files found", "SUCCESS");
    }
}
