package io.tailrace.jobs.deploy;

import com.fasterxml.jackson.databind.JsonNode;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The rules of {@code deploy/prometheus}. */
final class AlertRules {

    static final Path FOLDER = DeployFolder.PATH.resolve("prometheus");
    static final Path FILE = FOLDER.resolve("alerts.yaml");
    static final Path TESTS = FOLDER.resolve("alerts_test.yaml");

    private AlertRules() {}

    /** Those that alert, and those that only record. */
    static List<JsonNode> all() {
        List<JsonNode> rules = new ArrayList<>();
        for (JsonNode group : DeployFolder.document(FILE).get("groups")) {
            group.get("rules").forEach(rules::add);
        }
        return rules;
    }

    static List<JsonNode> alerts() {
        return all().stream().filter(rule -> rule.has("alert")).toList();
    }

    static String name(JsonNode rule) {
        return rule.path("alert").asText(rule.path("record").asText());
    }
}
