package io.tailrace.jobs.discovery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tailrace.broker.KafkaBroker;
import io.tailrace.broker.KafkaTopic;
import io.tailrace.jobs.testing.InventoryRows;
import io.tailrace.jobs.testing.JobRun;
import io.tailrace.jobs.testing.KafkaExtension;
import io.tailrace.jobs.testing.MadeTraffic;
import io.tailrace.jobs.testing.SamplingSpecs;
import io.tailrace.jobs.testing.Traffic;
import io.tailrace.plain.discovery.PlainDiscovery;
import io.tailrace.plain.discovery.PlainSighting;
import io.tailrace.sinks.jdbc.schema.SchemaMigration;
import io.tailrace.sinks.testing.PostgresDatabase;
import io.tailrace.sinks.testing.PostgresExtension;
import io.tailrace.sinks.testing.PostgresServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A job whose database goes away waits for it; what a table never takes is told. */
@ExtendWith({KafkaExtension.class, PostgresExtension.class})
final class DiscoveryOutageTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long START = 1_714_564_800_000L;
    private static final int BAD = 7;

    /** Of so many characters that no page of an index holds it, however it is compressed. */
    private static final String LONG =
            new Random(1)
                    .ints(20_000, 'a', 'z')
                    .mapToObj(Character::toString)
                    .collect(Collectors.joining());

    @TempDir private Path folder;

    /** More things all the time; some of them are such as a table will not have. */
    private static Traffic traffic(int from, int to) {
        MadeTraffic traffic = new MadeTraffic("shop");
        for (int i = from; i < to; i++) {
            long now = START + i * 100L;
            traffic.call(now, "gateway", "service" + i % 40, "GET /" + i);
            if (i % 100 == BAD) {
                traffic.call(now, "gateway", "service1", "GET /refused/" + i);
            }
        }
        return traffic.traffic();
    }

    private static void send(Traffic traffic, KafkaTopic topic) throws Exception {
        traffic.sendTo(topic);
        for (int i = 0; i < topic.partitions(); i++) {
            topic.send(i, traffic.lastArrival() + 10_000, MadeTraffic.tick(0).otlp().toByteArray());
        }
        topic.flush();
    }

    @Test
    void waitsForItsDatabaseAndTellsWhatItNeverTakes(
            KafkaBroker broker, PostgresServer server, PostgresDatabase database) throws Exception {
        SchemaMigration.run(database.asDatabase());
        database.execute(
                "alter table apm_endpoint add constraint allowed check"
                        + " (endpoint_name not like 'GET /refused/%')");
        database.execute("create index names on apm_root_endpoint (endpoint_name)");
        KafkaTopic topic = broker.topic("requests", 2);
        KafkaTopic letters = broker.topic("letters", 1);
        MadeTraffic strange = new MadeTraffic("shop");
        strange.call(START + 90_000, "gateway", "service1", LONG);
        List<Traffic> parts = List.of(traffic(0, 300), traffic(300, 600), strange.traffic());
        PlainDiscovery plain = new PlainDiscovery(5_000, 65536);
        parts.forEach(
                part -> part.requests().forEach(each -> plain.see(each.otlp(), each.arrival())));
        List<PlainSighting> refused = plain.all().stream().filter(each -> isRefused(each)).toList();
        assertThat(refused).hasSize(2 * 6 + 1);
        List<PlainSighting> written = new ArrayList<>(plain.all());
        written.removeAll(refused);
        String spec =
                """
                kind: discovery
                name: waiting
                source: { %s }
                discovery: { pairing_wait: 5s, max_value_bytes: 65536 }
                %s  dead_letters: [ { kafka: { topic: %s } } ]
                flink: { execution.checkpointing.interval: 500ms }
                """
                        .formatted(
                                SamplingSpecs.kafka(broker, topic),
                                InventoryRows.sinks(database),
                                letters.name());

        try (JobRun run = JobRun.start(spec, folder, 2)) {
            send(parts.get(0), topic);
            await().atMost(PATIENCE)
                    .until(() -> database.number("select count(*) from apm_endpoint") > 100);
            server.stop();
            try {
                send(parts.get(1), topic);
                send(parts.get(2), topic);
                await().atMost(PATIENCE).until(() -> run.metrics().sum("retries") >= 4);
            } finally {
                server.startAgain();
            }

            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(200))
                    .untilAsserted(
                            () ->
                                    assertThat(InventoryRows.withoutTimes(database))
                                            .containsExactlyInAnyOrderElementsOf(
                                                    InventoryRows.expectedWithoutTimes(written)));
            // The row of the last one is in no table, so that all may be there before it is told.
            await().atMost(PATIENCE).until(() -> letters.recordsSoFar() >= refused.size());
            run.stop();
        }
        List<String> told = new ArrayList<>();
        for (var record : letters.records()) {
            JsonNode letter = JSON.readTree(record.value());
            assertThat(letter.get("reason").asText()).isEqualTo("row_refused");
            assertThat(letter.get("error").asText())
                    .containsAnyOf("check constraint \"allowed\"", "index row");
            JsonNode row = JSON.readTree(letter.get("payload_base64").binaryValue());
            told.add(
                    inWords(
                            row.get("entity").asText(),
                            row.get("service_name").asText(),
                            row.get("endpoint_name").asText()));
        }
        assertThat(told)
                .containsExactlyInAnyOrderElementsOf(
                        refused.stream().map(DiscoveryOutageTest::inWords).toList());
    }

    private static boolean isRefused(PlainSighting sighting) {
        String name = sighting.item().columns().get(0).toString();
        return switch (sighting.item().entity()) {
            case "endpoint" -> name.startsWith("GET /refused/");
            case "root_endpoint" -> name.equals(LONG);
            default -> false;
        };
    }

    private static String inWords(PlainSighting sighting) {
        List<Object> columns = sighting.item().columns();
        return inWords(
                sighting.item().entity(), columns.get(1).toString(), columns.get(0).toString());
    }

    private static String inWords(String entity, String service, String name) {
        return entity + " of " + service + ": " + name.substring(0, Math.min(20, name.length()));
    }
}
