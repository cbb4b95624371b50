package io.tailrace.jobs.tailsampling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.jobs.testing.TailraceProcess;
import io.tailrace.sinks.testing.PostgresDatabase;
import io.tailrace.sinks.testing.PostgresExtension;
import io.tailrace.sinks.testing.PostgresServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** A user migrates a database and runs a job; its rows say what the files of the same run say. */
@ExtendWith(PostgresExtension.class)
final class DecisionRowsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String SPEC =
            """
            kind: tail-sampling
            name: rows
            source: { generator: { count: 2000, paced: false, start: "2026-01-01T00:00:00Z" } }
            tail_sampling:
              decision_wait: 5s
              decision_ttl: 60s
              policies:
                - { name: errors, type: status_code, status_code: { status_codes: [ERROR] } }
                - { name: some, type: probabilistic, probabilistic: { sampling_percentage: 20 } }
            sinks:
              decisions:
                - { file: { path: decisions } }
                - { jdbc: { %1$s, rows: all, batch_rows: 100 } }
                - { jdbc: { %1$s, schema: kept_only } }
              dead_letters: [ { file: { path: letters } } ]
            flink: { execution.checkpointing.interval: 1s }
            """;

    @TempDir private Path folder;

    @Test
    void rowsAreWhatFilesAre(PostgresDatabase database) throws Exception {
        String where =
                "url: \"%s\", user: %s, password: \"${%s}\""
                        .formatted(
                                database.url(),
                                PostgresServer.USER,
                                PostgresServer.PASSWORD_VARIABLE);
        Path spec = Files.writeString(folder.resolve("spec.yaml"), SPEC.formatted(where));
        runToEnd("migrate", spec);
        database.execute(
                "alter table kept_only.apm_sampling_decision add constraint few check (spans < 8)");
        List<String> lines = runToEnd("run", spec);

        List<JsonNode> files = files("decisions");
        assertThat(files).as("decisions after %s", lines).hasSizeGreaterThan(1_000);
        assertThat(rows(database, "public")).containsExactlyInAnyOrderElementsOf(files);
        List<JsonNode> kept =
                files.stream()
                        .filter(each -> each.get("decision").asText().equals("sampled"))
                        .toList();
        assertThat(kept).hasSizeBetween(1, files.size() - 1);
        Map<Boolean, List<JsonNode>> fit =
                kept.stream()
                        .collect(Collectors.partitioningBy(each -> each.get("spans").asInt() < 8));
        assertThat(rows(database, "kept_only")).containsExactlyInAnyOrderElementsOf(fit.get(true));
        assertThat(refused()).isNotEmpty().containsExactlyInAnyOrderElementsOf(fit.get(false));
        assertThat(files).as("with late ones").anyMatch(each -> each.get("late_spans").asInt() > 0);
    }

    private List<String> runToEnd(String command, Path spec) throws Exception {
        try (TailraceProcess tailrace =
                TailraceProcess.start(folder, List.of(command, spec.toString()))) {
            assertThat(tailrace.exitCode()).as("exit code after %s", tailrace.lines()).isZero();
            assertThat(String.join("\n", tailrace.lines()))
                    .doesNotContain(PostgresServer.password());
            return tailrace.lines();
        }
    }

    private static List<JsonNode> rows(PostgresDatabase database, String schema) throws Exception {
        List<JsonNode> rows = new ArrayList<>();
        for (String row :
                database.texts(
                        "select to_json(d) from %s.apm_sampling_decision d".formatted(schema))) {
            ObjectNode json = (ObjectNode) JSON.readTree(row);
            assertThat(json.remove("job").asText()).isEqualTo("rows");
            rows.add(json);
        }
        return rows;
    }

    /** What dead letters have of rows that break the constraint. */
    private List<JsonNode> refused() throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        for (JsonNode letter : files("letters")) {
            assertThat(letter.get("reason").asText()).isEqualTo("row_refused");
            assertThat(letter.get("topic").asText()).isEqualTo("apm_sampling_decision");
            assertThat(letter.get("error").asText()).contains("check constraint \"few\"");
            rows.add(JSON.readTree(letter.get("payload_base64").binaryValue()));
        }
        return rows;
    }

    private List<JsonNode> files(String name) throws IOException {
        List<JsonNode> records = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder.resolve(name))) {
            for (Path file : files.toList()) {
                assertThat(file.getFileName().toString()).doesNotStartWith(".");
                for (String line : Files.readAllLines(file)) {
                    records.add(JSON.readTree(line));
                }
            }
        }
        return records;
    }
}
