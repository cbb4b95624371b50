package io.tailrace.jobs.deploy;

import com.fasterxml.jackson.databind.JsonNode;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The dashboards, and what they ask. */
final class Dashboards {

    private static final Path FOLDER = DeployFolder.PATH.resolve("grafana").resolve("dashboards");
    private static final Pattern VALUES = Pattern.compile("label_values\\((.*), *(\\w+)\\)");

    private Dashboards() {}

    static List<Path> files() {
        return DeployFolder.files(FOLDER);
    }

    /** What they ask Prometheus, by the places where they do. */
    static Map<String, String> queries() {
        Map<String, String> all = new TreeMap<>();
        for (Path file : files()) {
            JsonNode dashboard = DeployFolder.document(file);
            for (Target target : targets(dashboard)) {
                if (target.question().has("expr")) {
                    all.put(target.place(file), plain(target.question().get("expr").asText()));
                }
            }
            for (JsonNode variable : dashboard.at("/templating/list")) {
                Matcher values = VALUES.matcher(variable.at("/query/query").asText());
                if (values.matches()) {
                    all.put(
                            file.getFileName() + ", variable " + variable.get("name").asText(),
                            "group by (%s) (%s)"
                                    .formatted(values.group(2), plain(values.group(1))));
                }
            }
        }
        return all;
    }

    /** What they ask PostgreSQL, by the places where they do. */
    static Map<String, String> statements() {
        Map<String, String> all = new TreeMap<>();
        for (Path file : files()) {
            JsonNode dashboard = DeployFolder.document(file);
            for (Target target : targets(dashboard)) {
                if (target.question().has("rawSql")) {
                    all.put(target.place(file), plainSql(target.question().get("rawSql").asText()));
                }
            }
            for (JsonNode variable : dashboard.at("/templating/list")) {
                if (variable.path("query").asText().startsWith("select")) {
                    all.put(
                            file.getFileName() + ", variable " + variable.get("name").asText(),
                            plainSql(variable.get("query").asText()));
                }
            }
        }
        return all;
    }

    /** One of a panel's questions. */
    private record Target(String panel, JsonNode question) {

        private String place(Path file) {
            return "%s, panel %s, %s"
                    .formatted(file.getFileName(), panel, question.get("refId").asText());
        }
    }

    private static List<Target> targets(JsonNode dashboard) {
        List<Target> all = new ArrayList<>();
        for (JsonNode panel : dashboard.get("panels")) {
            for (JsonNode target : panel.path("targets")) {
                all.add(new Target(panel.get("title").asText(), target));
            }
        }
        return all;
    }

    /** As Grafana sends it, with some value for what it fills in. */
    private static String plain(String query) {
        return query.replace("$__rate_interval", "1m").replaceAll("\\$\\w+", ".*");
    }

    /** As Grafana's macros would have it, for some time and application. */
    private static String plainSql(String statement) {
        return statement
                .replaceAll(
                        "\\$__timeFilter\\((\\w+)\\)",
                        "$1 between now() - interval '1 day' and now()")
                .replaceAll(
                        "\\$__timeGroupAlias\\((.*?), '5m'\\)", "date_trunc('minute', $1) as time")
                .replace("$__unixEpochFrom()", "0")
                .replace("$__unixEpochTo()", "4000000000")
                .replace("$application", "'shop'");
    }
}
