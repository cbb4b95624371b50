package io.tailrace.demo.cluster;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The script that puts a cluster of processes to the test, run as a user would. */
class LocalClusterTest {

    private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
    private static final Path TRAIN_TICKET =
            HOME.resolveSibling("shared").resolve("data").resolve("train-ticket.otlp.jsonl.gz");
    private static final long PATIENCE_SECONDS = 300;

    @TempDir private Path folder;

    private Path output() {
        return folder.resolve("output");
    }

    private String printed() throws IOException {
        return Files.readString(output());
    }

    /** All that it makes, it makes in the test's folder. */
    private Process script(String... options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(HOME.resolve("deploy").resolve("local").resolve("run.sh").toString());
        command.addAll(List.of(options));
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output().toFile());
        builder.environment().put("TMPDIR", Files.createDirectory(folder.resolve("tmp")) + "");
        builder.environment().put("TAILRACE_BUILD", "no");
        builder.environment()
                .put("TAILRACE_DEMO_CLASS_PATH", System.getProperty("java.class.path"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder.start();
    }

    /** Those of the script, which name its folder. */
    private List<ProcessHandle> processes() {
        return ProcessHandle.allProcesses()
                .filter(each -> each.info().commandLine().orElse("").contains(folder + "/"))
                .toList();
    }

    private void assertNothingIsLeft() {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(processes()).isEmpty());
        assertThat(folder.resolve("tmp")).isEmptyDirectory();
    }

    @Test
    void theResultsOfAClusterAreThoseOfAPlainReading() throws Exception {
        Process script =
                Files.isReadable(TRAIN_TICKET)
                        ? script("--feed-time", "12s", "--traffic", TRAIN_TICKET.toString())
                        : script("--feed-time", "12s");
        try {
            assertThat(script.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as(printed()).isTrue();
        } finally {
            script.destroy();
        }
        assertThat(script.exitValue()).as(printed()).isZero();
        assertThat(printed())
                .containsPattern("decisions +[1-9][0-9,]* +equal")
                .containsPattern("kept spans +[1-9][0-9,]+ +equal")
                .containsPattern("dead letters +0 +equal")
                .containsPattern(
                        "local-cluster +tail-sampling +RUNNING +\\S+ +4 .* [1-9][0-9]* +\\S")
                .contains("All is the same.");
        assertNothingIsLeft();
    }

    @Test
    void whatItStartedEndsWithIt() throws Exception {
        Process script = script();
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(processes()).hasSizeGreaterThanOrEqualTo(4));
        script.destroy();
        assertThat(script.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(script.exitValue()).isEqualTo(143);
        assertNothingIsLeft();
    }

    @Test
    void aFileThatIsNotThereIsRefusedAtOnce() throws Exception {
        Process script = script("--traffic", folder.resolve("nothing.jsonl").toString());
        assertThat(script.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(script.exitValue()).isEqualTo(2);
        assertThat(printed()).contains("there is no file");
    }
}
