package io.tailrace.jobs.cli;

import io.tailrace.jobs.testing.FileSinks;
import io.tailrace.jobs.testing.SamplingSpecs;
import io.tailrace.jobs.testing.TailraceProcess;
import io.tailrace.plain.Sampling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A user stops a preview with Ctrl-C. */
class PreviewStopTest {

    @TempDir private Path folder;

    @Test
    void aStopIsNoResult() throws Exception {
        String text =
                SamplingSpecs.spec(
                        "shop",
                        "generator: { count: 100000000 }",
                        new FileSinks(folder.resolve("written")),
                        Sampling.atDeadline(Duration.ofSeconds(2), Duration.ofSeconds(6)));
        Path spec = Files.writeString(folder.resolve("shop.yaml"), text);

        try (TailraceProcess preview =
                TailraceProcess.start(
                        folder, List.of("preview", spec.toString(), "--progress=0.2"))) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> preview.lines().stream().anyMatch(PreviewStopTest::isProgress));
            preview.interrupt();

            assertThat(preview.exitCode()).as("%s", preview.lines()).isEqualTo(130);
            await().untilAsserted(
                            () ->
                                    assertThat(preview.lines())
                                            .last()
                                            .asString()
                                            .startsWith("Stopped before the end"));
            assertThat(preview.lines()).noneMatch(line -> line.startsWith("policy "));
        }
    }

    private static boolean isProgress(String line) {
        return line.contains("traces open");
    }
}
