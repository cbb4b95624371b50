package io.tailrace.demo;

import io.tailrace.broker.KafkaTopic;
import io.tailrace.jobs.cli.ExitCodes;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** The whole demo, and that its comparison sees what is not as it should be. */
class DemoRunTest {

    private static final DemoSettings SHORT =
            new DemoSettings(
                    Path.of("..", "config", "demo.yaml"),
                    List.of("tail_sampling.decision_wait=1s"),
                    Duration.ofSeconds(6),
                    20,
                    true);

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Pattern POSTGRES =
            Pattern.compile("PostgreSQL +postgresql://apm:apm@(127\\.0\\.0\\.1:\\d+/apm)");

    @TempDir private Path files;

    @Test
    void provesItselfIsKeptAndNoticesWhatIsChanged() throws Exception {
        StringWriter said = new StringWriter();
        StringWriter failures = new StringWriter();
        Path folder;
        try (DemoRun demo = new DemoRun(SHORT, new PrintWriter(said, true))) {
            folder = demo.folder();
            assertThat(folder).isDirectory();
            FutureTask<Integer> run =
                    new FutureTask<>(() -> demo.run(new PrintWriter(failures, true)));
            new Thread(run, "demo").start();
            await().atMost(PATIENCE)
                    .until(() -> run.isDone() || said.toString().contains("stay as they are"));
            assertThat(run).as(failures.toString()).isNotDone();

            assertThat(said.toString())
                    .containsPattern("Kafka +127\\.0\\.0\\.1:\\d+")
                    .containsPattern("pipeline +http://127\\.0\\.0\\.1:\\d+")
                    .containsPattern("0:0\\d +spans [\\d,]+ \\(")
                    .contains("waiting until no trace is open", "Traces     0 open")
                    .containsPattern("requests +1\\d\\d  equal\n +decisions +\\d{3}  equal")
                    .containsPattern("kept spans +[\\d,]{3,}  equal")
                    .containsPattern("metric rows of spans +[\\d,]{3,}  equal")
                    .containsPattern("metric rows of calls +[\\d,]{2,}  equal")
                    .containsPattern("inventory rows +[\\d,]{3,}  equal")
                    .containsPattern("dead letters +0  equal")
                    .contains("All results are what a plain reading gives.");
            assertThat(servicesIn(said.toString())).contains("payment");

            said.getBuffer().setLength(0);
            tamper(demo.servers());

            assertThat(demo.compare()).isEqualTo(ExitCodes.FAILED);
            assertThat(said.toString())
                    .containsPattern("requests +1\\d\\d  1 DIFFER\n +1\\d\\d read back instead of")
                    .containsPattern(
                            "decisions +\\d{3}  1 DIFFER\n +0 times instead of 1: Decision")
                    .containsPattern(
                            "kept spans +[\\d,]+  [1-9]\\d* DIFFER\n +2 times instead of 1")
                    .containsPattern("metric rows of spans +[\\d,]+  1 DIFFER\n +Key\\[")
                    .containsPattern("metric rows of calls +[\\d,]{2,}  equal")
                    .containsPattern("inventory rows +[\\d,]+  2 DIFFER\n +0 times instead of 1")
                    .contains("a letter")
                    .contains("NOT WHAT A PLAIN READING GIVES");

            assertThat(run).isNotDone();
            interrupt();
            assertThat(run.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(ExitCodes.DONE);
        }
        assertThat(folder).doesNotExist();
    }

    /** By the address that is shown, as somebody would who looks around. */
    private static List<String> servicesIn(String shown) throws Exception {
        Matcher address = POSTGRES.matcher(shown);
        assertThat(address.find()).as(shown).isTrue();
        List<String> services = new ArrayList<>();
        try (Connection connection =
                        DriverManager.getConnection(
                                "jdbc:postgresql://" + address.group(1), "apm", "apm");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select topo_key from apm_topo_node")) {
            while (rows.next()) {
                services.add(rows.getString(1));
            }
        }
        return services;
    }

    /** As Ctrl-C does, to this process; the demo catches it. */
    private static void interrupt() throws Exception {
        String self = Long.toString(ProcessHandle.current().pid());
        assertThat(new ProcessBuilder("kill", "-TERM", self).start().waitFor()).isZero();
    }

    @Test
    void whereNothingWasSentNothingIsProved() {
        assertThat(SelfCheck.ofRequests(0, 0).isSame()).isFalse();
        assertThat(SelfCheck.ofRequests(7, 0).differences())
                .containsExactly("0 read back instead of 7");
        assertThat(SelfCheck.ofRequests(7, 7).isSame()).isTrue();
    }

    /** Before anything is started. */
    @ParameterizedTest
    @CsvSource({
        "threshold_ms: 500, threshold_ms: 400, tail_sampling.policies: expected",
        "threshold_ms: 10 }, threshold_ms: 20 }, virtual_metrics.apdex: expected",
        "discovery:, found:, found",
    })
    void refusesWhatThePlainReadingDoesNotKnow(String rule, String other, String words)
            throws Exception {
        String spec = Files.readString(SHORT.spec());
        Path changed = Files.writeString(files.resolve("demo.yaml"), spec.replace(rule, other));
        StringWriter said = new StringWriter();
        DemoSettings settings =
                new DemoSettings(changed, List.of(), Duration.ofSeconds(6), 20, false);
        try (DemoRun demo = new DemoRun(settings, new PrintWriter(said))) {
            assertThatThrownBy(demo::start)
                    .isInstanceOf(DemoException.class)
                    .hasMessageContaining(words);
            assertThat(said.toString()).doesNotContain("Kafka  ");
        }
    }

    private static void tamper(Servers servers) throws Exception {
        try (Statement statement = servers.database().createStatement()) {
            statement.execute(
                    "delete from apm_sampling_decision where ctid ="
                            + " (select min(ctid) from apm_sampling_decision)");
            statement.execute(
                    "update apm_metric_red set count = count + 1 where (time, series_id) ="
                            + " (select time, series_id from apm_metric_red limit 1)");
            statement.execute(
                    "update apm_topo_node set category = 'none' where topo_key = 'payment'");
        }
        // A request without spans.
        servers.spans().send(0, System.currentTimeMillis(), new byte[0]);
        servers.spans().flush();
        KafkaTopic sampled = servers.sampled();
        ConsumerRecord<byte[], byte[]> first = sampled.records().get(0);
        sampled.send(0, first.timestamp(), first.value());
        sampled.flush();
        servers.deadLetters().send(0, 0, "a letter".getBytes(StandardCharsets.UTF_8));
        servers.deadLetters().flush();
    }
}
