package io.tailrace.demo;

import io.tailrace.jobs.cli.ExitCodes;
import io.tailrace.jobs.cli.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

import static org.assertj.core.api.Assertions.assertThat;

class DemoTest {

    private static final Path JOB_JAR = Path.of("..", "jobs", "target", "tailrace.jar");

    private static final String SERVERS_AND_TOOLS =
            "(io/tailrace/(demo|plain|broker|bench)|io/zonky|kafka/server|scala)/.*|.*\\.txz";

    private final StringWriter err = new StringWriter();

    private int execute(String... arguments) {
        return Program.execute(
                new Demo(), new PrintWriter(new StringWriter()), new PrintWriter(err), arguments);
    }

    /** Before anything is started. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--for 10 | did you mean \"10s\"",
                "--for 500ms | --for: expected at least 1s",
                "--for 60s --rate 0 | --rate: expected a number from above 0 to 500",
                "--for 60s --rate 501 | --rate: expected a number from above 0 to 500",
                "--for 999h | s at 40.0 requests a second, for all is compared in memory",
                "--to 60s | Unknown option",
            })
    void refusesWhatItCannotDo(String arguments, String words) {
        assertThat(execute(arguments.split(" "))).isEqualTo(ExitCodes.WRONG_SPEC);
        assertThat(err.toString()).contains(words);
    }

    /** As the launcher starts it, of whose 2 GB Java counts all but one half of the survivors. */
    @Test
    void tenMinutesFitIntoTheUsualHeap() {
        assertThat(DemoSettings.mostRequests(1_908_932_608L)).isBetween(24_000L, 25_000L);
        assertThat(DemoSettings.mostRequests(1)).isPositive();
    }

    @Test
    void paymentsFailEarlyEnoughForAMinute() {
        Burst burst = Burst.first(DemoRun.SEED);

        assertThat(burst.from().toSeconds()).isBetween(20L, 30L);
        assertThat(burst.until().minus(burst.from()).toSeconds()).isEqualTo(20);
    }

    /** What the demo needs must not get to clusters. */
    @Test
    void theJobJarHasNothingOfIt() throws Exception {
        try (JarFile jar = new JarFile(JOB_JAR.toFile())) {
            List<String> names = jar.stream().map(ZipEntry::getName).toList();
            assertThat(names).contains("io/tailrace/jobs/cli/Tailrace.class");
            assertThat(names.stream().filter(name -> name.matches(SERVERS_AND_TOOLS))).isEmpty();
        }
    }
}
