package io.tailrace.jobs.discovery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tailrace.broker.KafkaBroker;
import io.tailrace.broker.KafkaTopic;
import io.tailrace.jobs.testing.FileSinks;
import io.tailrace.jobs.testing.InventoryRows;
import io.tailrace.jobs.testing.JobRun;
import io.tailrace.jobs.testing.KafkaExtension;
import io.tailrace.jobs.testing.MadeTraffic;
import io.tailrace.jobs.testing.SamplingSpecs;
import io.tailrace.jobs.testing.Traffic;
import io.tailrace.plain.discovery.PlainDiscovery;
import io.tailrace.plain.discovery.PlainNode;
import io.tailrace.plain.discovery.PlainSighting;
import io.tailrace.sinks.jdbc.schema.SchemaMigration;
import io.tailrace.sinks.testing.PostgresDatabase;
import io.tailrace.sinks.testing.PostgresExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Things go from a real inventory a while after their last span, and nothing else does. */
@ExtendWith({KafkaExtension.class, PostgresExtension.class})
final class ExpiringInventoryTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Late enough not to be idle for long, and minutes ago, as traffic is. */
    private static final long START = 1_714_564_800_000L;

    private static final long MINUTE = 60_000;
    private static final long STEP = 10_000;
    private static final long TTL = 4 * MINUTE;
    private static final long STOPPED = 2 * MINUTE;
    private static final long RESTARTED = 4 * MINUTE;
    private static final long END = 8 * MINUTE;

    @TempDir private Path folder;
    private KafkaTopic topic;
    private PostgresDatabase database;
    private String spec;

    @BeforeEach
    void prepare(KafkaBroker broker, PostgresDatabase fresh) throws Exception {
        database = fresh;
        topic = broker.topic("requests", 4);
        SchemaMigration.run(database.asDatabase());
        spec =
                """
                kind: discovery
                name: expiring
                source: { %s }
                discovery: { ttl: 4m, refresh: 1m, pairing_wait: 5s }
                %s    - file: { path: "%s" }
                flink: { execution.checkpointing.interval: 500ms }
                """
                        .formatted(
                                SamplingSpecs.kafka(broker, topic),
                                InventoryRows.sinks(database),
                                folder.resolve("inventory"));
    }

    /**
     * Two services of the shop stop being called; one of the same name elsewhere does not.
     *
     * @param from milliseconds after the start
     */
    private static Traffic traffic(long from, long to) {
        MadeTraffic traffic = new MadeTraffic("shop");
        for (long time = from; time < to; time += STEP) {
            long now = START + time;
            traffic.call(now, "gateway", "cart", "GET /cart");
            traffic.call("mall", now, "gateway", "coupon", "GET /coupon");
            if (time < STOPPED) {
                traffic.call(now, "gateway", "coupon", "GET /coupon");
                traffic.call(now, "coupon", "legacy", "GET /legacy");
            }
        }
        return traffic.traffic();
    }

    private static List<PlainSighting> plain(long to) {
        PlainDiscovery plain = new PlainDiscovery(5_000, 1024);
        traffic(0, to).requests().forEach(each -> plain.see(each.otlp(), each.arrival()));
        return plain.all();
    }

    private void send(long from, long to) throws Exception {
        traffic(from, to).sendTo(topic);
        for (int i = 0; i < topic.partitions(); i++) {
            // What waits for others is settled by then.
            topic.send(i, START + to, MadeTraffic.tick(0).otlp().toByteArray());
        }
        topic.flush();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatStopsGoesAndAllElseStays(boolean restarted) throws Exception {
        JobRun run = JobRun.start(spec, folder, 2);
        try {
            send(0, RESTARTED);
            awaitRows(InventoryRows.expectedWithoutTimes(plain(RESTARTED)));
            database.execute("update apm_topo_node set permanent = true where topo_key = 'legacy'");
            if (restarted) {
                run.checkpoint();
                run.cancel();
                run.close();
                run = JobRun.start(spec, folder, 3, JobRun.newestCheckpoint(folder));
            }
            send(RESTARTED, END);

            List<PlainSighting> all = plain(END);
            List<PlainSighting> gone = all.stream().filter(each -> isGone(each)).toList();
            List<PlainSighting> here = all.stream().filter(each -> !isGone(each)).toList();
            assertThat(gone)
                    .extracting(each -> each.item().entity())
                    .contains(
                            "topo_node",
                            "endpoint",
                            "root_endpoint",
                            "host",
                            "instance",
                            "relation");
            List<PlainSighting> left = new ArrayList<>(here);
            gone.stream().filter(each -> isNode(each, "legacy")).forEach(left::add);
            assertThat(left).hasSize(here.size() + 1);
            awaitRows(InventoryRows.expectedWithoutTimes(left));
            long entities =
                    run.metrics().sums("entities").values().stream()
                            .mapToLong(Long::longValue)
                            .sum();
            assertThat(entities).as("things that are still known").isEqualTo(here.size());
            run.stop();

            assertThat(said("expire"))
                    .containsExactlyInAnyOrderElementsOf(
                            gone.stream().map(ExpiringInventoryTest::expired).toList());
        } finally {
            run.close();
        }
    }

    private static boolean isGone(PlainSighting sighting) {
        return sighting.lastSeen() + TTL <= START + END;
    }

    private static boolean isNode(PlainSighting sighting, String key) {
        return sighting.item() instanceof PlainNode node && node.key().equals(key);
    }

    private void awaitRows(List<String> expected) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(
                        () ->
                                assertThat(InventoryRows.withoutTimes(database))
                                        .containsExactlyInAnyOrderElementsOf(expected));
    }

    /** Only what tells it apart. */
    private static String expired(PlainSighting sighting) {
        List<Object> columns = sighting.item().columns();
        List<Object> identity =
                switch (sighting.item().entity()) {
                    case "topo_node" -> columns.subList(0, 1);
                    case "host" -> columns.subList(2, 4);
                    default -> columns;
                };
        return "%s|expire|%d|%s|%s|%d|%d"
                .formatted(
                        sighting.item().entity(),
                        sighting.application().bizId(),
                        sighting.application().name(),
                        identity.stream().map(String::valueOf).collect(Collectors.joining("|")),
                        sighting.firstSeen(),
                        sighting.lastSeen());
    }

    private List<String> said(String operation) throws IOException {
        return FileSinks.lines(folder.resolve("inventory")).stream()
                .map(ExpiringInventoryTest::json)
                .filter(line -> line.get("op").asText().equals(operation))
                .map(ExpiringInventoryTest::values)
                .toList();
    }

    private static String values(JsonNode line) {
        return line.properties().stream()
                .map(each -> each.getValue().asText())
                .collect(Collectors.joining("|"));
    }

    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException broken) {
            throw new AssertionError(line, broken);
        }
    }
}
