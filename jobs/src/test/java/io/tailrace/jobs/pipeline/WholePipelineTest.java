package io.tailrace.jobs.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import io.tailrace.broker.KafkaBroker;
import io.tailrace.broker.KafkaTopic;
import io.tailrace.jobs.testing.FileSinks;
import io.tailrace.jobs.testing.InventoryRows;
import io.tailrace.jobs.testing.JobRun;
import io.tailrace.jobs.testing.KafkaExtension;
import io.tailrace.jobs.testing.MetricsSpecs;
import io.tailrace.jobs.testing.RandomTraffic;
import io.tailrace.jobs.testing.RealTraffic;
import io.tailrace.jobs.testing.Results;
import io.tailrace.jobs.testing.SamplingSpecs;
import io.tailrace.jobs.testing.Traffic;
import io.tailrace.plain.MetricRows;
import io.tailrace.plain.PlainMetrics;
import io.tailrace.plain.PlainRequest;
import io.tailrace.plain.PlainSampler;
import io.tailrace.plain.Sampling;
import io.tailrace.plain.discovery.PlainDiscovery;
import io.tailrace.sinks.jdbc.schema.SchemaMigration;
import io.tailrace.sinks.testing.PostgresDatabase;
import io.tailrace.sinks.testing.PostgresExtension;
import io.tailrace.sinks.testing.PostgresServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** From one topic into one database: each part gives what one reads by hand. */
@ExtendWith({KafkaExtension.class, PostgresExtension.class})
final class WholePipelineTest {

    private static final Sampling SAMPLING =
            Sampling.eager(Duration.ofSeconds(1), Duration.ofMinutes(10));
    private static final long KEPT = Duration.ofDays(7).plusMinutes(5).toMillis();

    @TempDir private Path folder;

    private String spec(KafkaBroker broker, KafkaTopic topic, PostgresDatabase database) {
        String jdbc =
                "jdbc: { url: \"%s\", user: %s, password: \"${%s}\" }"
                        .formatted(
                                database.url(),
                                PostgresServer.USER,
                                PostgresServer.PASSWORD_VARIABLE);
        FileSinks files = new FileSinks(folder);
        return SamplingSpecs.spec(
                                "whole",
                                SamplingSpecs.boundedKafka(broker, topic, "otlp_proto"),
                                files,
                                SAMPLING)
                        .replace("kind: tail-sampling", "kind: pipeline")
                        .replace(
                                "decisions: [",
                                "decisions: [ { %s }, ".formatted(database(jdbc, "rows: all")))
                + """
                  metrics: [ { %s }, { file: { path: "%s" } } ]
                  inventory: [ { %s } ]
                """
                        .formatted(jdbc, folder.resolve("metrics"), jdbc)
                + MetricsSpecs.SETTINGS
                + "discovery: {}\n";
    }

    private static String database(String jdbc, String more) {
        return jdbc.replace(" }", ", " + more + " }");
    }

    @Test
    void allPartsGiveWhatOneReadsByHand(KafkaBroker broker, PostgresDatabase database)
            throws Exception {
        SchemaMigration.run(database.asDatabase());
        Traffic traffic = traffic();
        PlainDiscovery discovery = new PlainDiscovery(30_000, 1024);
        traffic.requests().forEach(each -> discovery.see(each.otlp(), each.arrival()));
        KafkaTopic topic = broker.topic("requests", 3);
        traffic.sendTo(topic);
        topic.send(1, traffic.lastArrival(), "no request".getBytes(StandardCharsets.UTF_8));
        topic.flush();

        try (JobRun run = JobRun.start(spec(broker, topic, database), folder, 3)) {
            run.end();
        }

        Results results = new FileSinks(folder).results();
        results.assertSame("files", PlainSampler.of(traffic.requests(), SAMPLING));
        assertThat(
                        database.texts(
                                "select trace_id from apm_sampling_decision where trigger <> 'late'"))
                .containsExactlyInAnyOrderElementsOf(
                        results.decisions().stream()
                                .filter(line -> !line.late())
                                .map(line -> line.traceId())
                                .toList());
        MetricRows rows = MetricsSpecs.rows(folder.resolve("metrics"));
        PlainMetrics metrics = MetricsSpecs.plain(traffic);
        MetricsSpecs.assertSame(rows, metrics);
        assertThat(database.number("select sum(count) from apm_metric_red"))
                .isPositive()
                .isEqualTo(
                        rows.ofSpans().stream().mapToLong(row -> row.get("count").asLong()).sum());
        assertThat(database.number("select count(*) from apm_metric_edge"))
                .isEqualTo(metrics.rowsOfEdges());
        assertThat(InventoryRows.of(database))
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(InventoryRows.expected(discovery.all(), KEPT));
        assertThat(results.deadLetters())
                .extracting(WholePipelineTest::reason)
                .isEqualTo(List.of("malformed_protobuf"));
    }

    private static Traffic traffic() throws IOException {
        if (!RealTraffic.ONLINE_BOUTIQUE.isHere()) {
            return RandomTraffic.of(11, 1_000);
        }
        List<PlainRequest> all = RealTraffic.ONLINE_BOUTIQUE.read().requests();
        return new Traffic(all.subList(0, all.size() / 3));
    }

    private static String reason(JsonNode letter) {
        return letter.get("reason").asText();
    }
}
