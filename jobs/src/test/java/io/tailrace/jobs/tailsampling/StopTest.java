package io.tailrace.jobs.tailsampling;

import io.tailrace.jobs.testing.FileSinks;
import io.tailrace.jobs.testing.RandomTraffic;
import io.tailrace.jobs.testing.SamplingSpecs;
import io.tailrace.jobs.testing.TailraceProcess;
import io.tailrace.jobs.testing.Traffic;
import io.tailrace.plain.PlainSampler;
import io.tailrace.plain.Sampling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A user stops a run with Ctrl-C and goes on with it later. */
final class StopTest {

    private static final long SEED = 7;
    private static final Sampling SAMPLING =
            Sampling.eager(Duration.ofSeconds(1), Duration.ofSeconds(4));
    private static final String SAVEPOINT = "Savepoint: ";

    @TempDir private Path folder;
    @TempDir private Path temporary;

    @Test
    void goesOnWhereItWasInterrupted() throws Exception {
        Traffic traffic = RandomTraffic.of(SEED, 2_000);
        Path requests = folder.resolve("requests");
        traffic.writeTo(requests);
        FileSinks sinks = new FileSinks(folder.resolve("results"));
        String source =
                SamplingSpecs.pacedFile(
                        requests, "otlp_proto", traffic.size(), Duration.ofSeconds(30));
        Path spec =
                Files.writeString(
                        folder.resolve("spec.yaml"),
                        SamplingSpecs.spec("stopped", source, sinks, SAMPLING));

        String savepoint;
        try (TailraceProcess first = run(spec)) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> hasLine(first, ".* traces open [1-9].* not kept [1-9].*"));
            first.interrupt();
            assertThat(first.exitCode()).as("exit code after %s", first.lines()).isZero();
            savepoint = savepoint(first.lines());
        }
        assertThat(temporary).as("left by what was stopped").isEmptyDirectory();
        int decided = sinks.results().decisions().size();
        try (TailraceProcess second =
                run(spec, "--from", savepoint, "--set", "source.file.rate=100000")) {
            assertThat(second.exitCode()).as("exit code after %s", second.lines()).isZero();
            assertThat(hasLine(second, "Done\\.")).as("%s", second.lines()).isTrue();
        }
        assertThat(temporary).as("left by what has ended").isEmptyDirectory();

        PlainSampler plain = PlainSampler.of(traffic.requests(), SAMPLING);
        assertThat(decided).isBetween(1, plain.decisions().size() - 1);
        sinks.results().assertSame("seed " + SEED, plain);
    }

    private TailraceProcess run(Path spec, String... more) throws Exception {
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("run", spec.toString(), "--progress", "0.2"));
        arguments.addAll(List.of(more));
        return TailraceProcess.start(
                folder, Map.of("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary), arguments);
    }

    private static boolean hasLine(TailraceProcess tailrace, String pattern) {
        return tailrace.lines().stream().anyMatch(line -> line.matches(pattern));
    }

    private static String savepoint(List<String> lines) {
        String line =
                lines.stream()
                        .filter(each -> each.startsWith(SAVEPOINT))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("No savepoint in " + lines));
        return line.substring(SAVEPOINT.length());
    }
}
