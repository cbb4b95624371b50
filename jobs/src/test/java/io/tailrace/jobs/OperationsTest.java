package io.tailrace.jobs;

import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** What docs/operations.md says can be relied upon at night. */
class OperationsTest {

    private static final Path DOCS = Path.of("..", "docs");
    private static final Path OPERATIONS = DOCS.resolve("operations.md");
    private static final Path ALERTS = Path.of("..", "deploy", "prometheus", "alerts.yaml");
    private static final Path FIXTURES =
            Path.of("..", "operators", "src", "test", "resources", "serializers");

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private static List<String> lines() throws IOException {
        return Files.readAllLines(OPERATIONS);
    }

    /** The rows of the table with this head, each as its cells. */
    static List<List<String>> table(String head) throws IOException {
        return lines().stream()
                .dropWhile(line -> !line.equals(head))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(row -> List.of(row.substring(1, row.length() - 1).split("\\|")))
                .toList();
    }

    /** What stands as code in a text. */
    static List<String> code(String text) {
        return CODE.matcher(text).results().map(found -> found.group(1)).toList();
    }

    @Test
    void everyAlertHasItsHeadingAndEveryHeadingItsAlert() throws IOException {
        Map<String, List<Map<String, List<Map<String, Object>>>>> rules =
                new Yaml().load(Files.readString(ALERTS));
        List<Map<String, Object>> alerts =
                rules.get("groups").stream()
                        .flatMap(group -> group.get("rules").stream())
                        .filter(rule -> rule.containsKey("alert"))
                        .toList();
        Set<String> headings =
                lines().stream()
                        .filter(line -> line.startsWith("### Tailrace"))
                        .map(line -> line.substring(4))
                        .collect(Collectors.toSet());

        assertThat(alerts).hasSizeGreaterThan(20);
        assertThat(alerts)
                .extracting(alert -> (String) alert.get("alert"))
                .containsExactlyInAnyOrderElementsOf(headings);
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        Pattern link = Pattern.compile("\\]\\(([^)#]*)(?:#([^)]*))?\\)");
        List<String> broken = new ArrayList<>();
        for (MatchResult found : link.matcher(Files.readString(OPERATIONS)).results().toList()) {
            Path target = found.group(1).isEmpty() ? OPERATIONS : DOCS.resolve(found.group(1));
            if (!Files.exists(target)) {
                broken.add(found.group());
            } else if (found.group(2) != null && !headings(target).contains(found.group(2))) {
                broken.add(found.group());
            }
        }
        assertThat(broken).isEmpty();
    }

    private static Set<String> headings(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.matches("#+ .*"))
                    .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
                    .map(line -> line.replaceAll("[^a-z0-9_ -]", "").replace(' ', '-'))
                    .collect(Collectors.toSet());
        }
    }

    @Test
    void everyFormatIsListedWithItsVersions() throws IOException {
        Map<String, Set<String>> versions = new TreeMap<>();
        try (Stream<Path> fixtures = Files.walk(FIXTURES)) {
            fixtures.filter(file -> file.toString().endsWith(".bin"))
                    .forEach(
                            file ->
                                    versions.computeIfAbsent(
                                                    file.getFileName()
                                                            .toString()
                                                            .replace(".bin", ""),
                                                    name -> new TreeSet<>())
                                            .add(
                                                    file.getParent()
                                                            .getFileName()
                                                            .toString()
                                                            .substring(1)));
        }
        Map<String, Set<String>> listed = new TreeMap<>();
        for (List<String> row : table("| format | versions |")) {
            for (String format : code(row.get(0))) {
                listed.put(format, new TreeSet<>(List.of(row.get(1).strip().split(", "))));
            }
        }
        assertThat(listed).isEqualTo(versions);
    }
}
