package io.tailrace.jobs.control;

import io.tailrace.jobs.control.testing.StandIn;
import io.tailrace.jobs.http.Time;
import io.tailrace.jobs.testing.TailraceProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** {@code config/control.yaml} as it is, in a process with its variables and no more. */
class ProcessTest {

    private static final Path CONFIG = Path.of("..", "config", "control.yaml");
    private static final String SASL = "sasl-password-5d0e";

    @TempDir private Path folder;

    private List<String> control(int code, Map<String, String> environment, String... arguments)
            throws Exception {
        List<String> all = new ArrayList<>(List.of("control"));
        all.addAll(List.of(arguments));
        try (TailraceProcess process = TailraceProcess.start(folder, environment, all)) {
            assertThat(process.exitCode()).as(() -> process.lines().toString()).isEqualTo(code);
            return process.lines();
        }
    }

    @Test
    void theConfigurationRunsAsItIs() throws Exception {
        String config = CONFIG.toAbsolutePath().toString();
        try (StandIn standIn = new StandIn(Time.SYSTEM)) {
            Map<String, String> environment = new HashMap<>(standIn.environment(""));
            environment.remove("CONTROL_STATE");
            assertThat(control(0, environment, "apply", config))
                    .anyMatch(each -> each.startsWith("2/shop  success"))
                    .anyMatch(each -> each.startsWith("2/ticket-office  success"));
            assertThat(folder.resolve("out/control-state.json")).exists();
            assertThat(Files.readString(folder.resolve("out/control/tailrace.log")))
                    .containsPattern("POST /v3/access/deploy_plan/ \\d+ ms, 200/00, request req-1");
        }
    }

    @Test
    void watchingRepeats() throws Exception {
        String config = CONFIG.toAbsolutePath().toString();
        try (StandIn standIn = new StandIn(Time.SYSTEM);
                TailraceProcess process =
                        TailraceProcess.start(
                                folder,
                                standIn.environment("state.json"),
                                List.of("control", "status", config, "--watch", "100ms"))) {
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(
                            () ->
                                    assertThat(process.lines())
                                            .filteredOn(each -> each.contains("never applied"))
                                            .hasSizeGreaterThan(5));
            assertThat(process.isAlive()).isTrue();
        }
    }

    @Test
    void noSecretIsWrittenAnywhere() throws Exception {
        try (StandIn standIn = new StandIn(Time.SYSTEM, "another-secret-88e1")) {
            // The stand-in says in its refusal which secret it was shown.
            String spec =
                    Files.writeString(
                                    folder.resolve("spec.yaml"),
                                    Files.readString(CONFIG)
                                            .replace(
                                                    "topic: shop_spans",
                                                    "topic: shop_spans, user: u, password: \"${SASL}\""))
                            .toString();
            Map<String, String> environment = new HashMap<>(standIn.environment("state.json"));
            environment.put("SASL", SASL);
            List<String> refused = control(1, environment, "apply", spec);
            assertThat(refused).anyMatch(each -> each.contains("refuses the credentials"));
            assertThat(String.join("\n", refused)).doesNotContain(StandIn.APP_SECRET);

            environment.put("BK_APP_SECRET", "another-secret-88e1");
            String planned = String.join("\n", control(3, environment, "plan", spec, "--json"));
            String applied = String.join("\n", control(0, environment, "apply", spec));
            assertThat(standIn.contents()).contains(SASL);
            assertThat(planned + applied)
                    .contains("***")
                    .doesNotContain(SASL)
                    .doesNotContain("another-secret-88e1");
        }
        List<Path> written = new ArrayList<>();
        try (var files = Files.walk(folder)) {
            files.filter(Files::isRegularFile).forEach(written::add);
        }
        assertThat(written)
                .extracting(each -> each.getFileName().toString())
                .contains("state.json", "tailrace.log");
        for (Path file : written) {
            assertThat(Files.readString(file))
                    .as(file.toString())
                    .doesNotContain(SASL)
                    .doesNotContain(StandIn.APP_SECRET)
                    .doesNotContain("another-secret-88e1");
        }
    }
}
