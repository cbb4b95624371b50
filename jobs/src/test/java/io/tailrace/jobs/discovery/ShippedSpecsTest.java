package io.tailrace.jobs.discovery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tailrace.jobs.testing.FileSinks;
import io.tailrace.jobs.testing.TailraceProcess;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The specs that come with the program show an inventory as they are. */
final class ShippedSpecsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"discovery", "pipeline"})
    void showWhatRunsInTheShop(String name) throws Exception {
        Path spec = Path.of("..", "config", name + ".yaml").toAbsolutePath().normalize();
        try (TailraceProcess tailrace =
                TailraceProcess.start(
                        folder, List.of("run", spec.toString(), "--progress", "0.2"))) {
            await().atMost(PATIENCE)
                    .until(
                            () ->
                                    tailrace.lines().stream()
                                            .anyMatch(
                                                    line -> line.matches(".* spans in [0-9]*,.*")));
            tailrace.interrupt();
            assertThat(tailrace.exitCode()).as("exit code after %s", tailrace.lines()).isZero();
        }

        Set<String> entities = new HashSet<>();
        for (String line : FileSinks.lines(folder.resolve("out/" + name + "/inventory"))) {
            JsonNode change = JSON.readTree(line);
            entities.add(change.get("op").asText() + " " + change.get("entity").asText());
        }
        assertThat(entities)
                .contains("upsert topo_node", "upsert endpoint", "upsert host", "upsert relation");
        assertThat(FileSinks.lines(folder.resolve("out/" + name + "/dead-letters"))).isEmpty();
    }
}
