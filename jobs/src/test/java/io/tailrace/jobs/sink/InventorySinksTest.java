package io.tailrace.jobs.sink;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tailrace.broker.KafkaBroker;
import io.tailrace.broker.KafkaTopic;
import io.tailrace.jobs.JobSinks;
import io.tailrace.jobs.run.FlinkOptions;
import io.tailrace.jobs.testing.KafkaExtension;
import io.tailrace.operators.discovery.Entity;
import io.tailrace.operators.discovery.InventoryChange;
import io.tailrace.operators.input.DeadLetter;
import io.tailrace.sinks.file.FileSinkSettings;
import io.tailrace.sinks.inventory.InventoryFormat;
import io.tailrace.sinks.inventory.RandomInventory;
import io.tailrace.sinks.inventory.ThingId;
import io.tailrace.sinks.jdbc.inventory.InventoryJdbcSettings;
import io.tailrace.sinks.jdbc.schema.SchemaMigration;
import io.tailrace.sinks.jdbc.schema.Usage;
import io.tailrace.sinks.kafka.Guarantee;
import io.tailrace.sinks.kafka.KafkaSinkSettings;
import io.tailrace.sinks.testing.PostgresDatabase;
import io.tailrace.sinks.testing.PostgresExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static java.util.stream.Collectors.partitioningBy;
import static org.assertj.core.api.Assertions.assertThat;

/** Changes of an inventory through every sink that it can have. */
@ExtendWith({KafkaExtension.class, PostgresExtension.class})
class InventorySinksTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir private Path folder;

    @Test
    void everySinkTellsTheSame(PostgresDatabase database, KafkaBroker broker) throws Exception {
        SchemaMigration.run(database.asDatabase());
        database.execute("alter table apm_host add constraint one check (app_name = 'shop1')");
        List<InventoryChange> changes = new ArrayList<>();
        RandomInventory random = new RandomInventory(1, 30);
        for (int i = 0; i < 500; i++) {
            changes.add(random.upsert());
        }
        KafkaTopic topic = broker.topic("inventory", 2);
        InventorySinks sinks =
                new InventorySinks(
                        List.of(
                                new InventorySink(file("changes"), null, null),
                                new InventorySink(null, kafka(broker, topic), null),
                                new InventorySink(null, null, jdbc(database))));
        write(changes, sinks);

        Map<Boolean, List<InventoryChange>> refused =
                changes.stream()
                        .collect(
                                partitioningBy(
                                        change ->
                                                change.item().entity() == Entity.HOST
                                                        && change.application()
                                                                .name()
                                                                .equals("shop0")));
        List<JsonNode> all = json(changes);
        assertThat(lines("changes")).containsExactlyInAnyOrderElementsOf(all);
        List<JsonNode> messages = new ArrayList<>();
        for (var message : topic.records()) {
            messages.add(JSON.readTree(message.value()));
        }
        assertThat(messages).containsExactlyInAnyOrderElementsOf(all);
        assertThat(rows(database))
                .isEqualTo(refused.get(false).stream().map(ThingId::of).distinct().count());
        assertThat(lines("letters"))
                .isNotEmpty()
                .allMatch(letter -> letter.get("reason").asText().equals("row_refused"))
                .allMatch(letter -> letter.get("topic").asText().equals("apm_host"));
        assertThat(
                        lines("letters").stream()
                                .map(InventorySinksTest::payload)
                                .map(letter -> letter.get("ip"))
                                .distinct())
                .containsExactlyInAnyOrderElementsOf(
                        json(refused.get(true)).stream()
                                .map(change -> change.get("ip"))
                                .distinct()
                                .toList());
    }

    private void write(List<InventoryChange> changes, InventorySinks sinks) throws Exception {
        Configuration options = FlinkOptions.ofLocalRun(Map.of("parallelism.default", "1"), folder);
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(options);
        DataStream<InventoryChange> stream =
                env.fromData(changes, InventoryChange.TYPE).uid("changes");
        StreamSinks streams = new StreamSinks("everywhere", null);
        DataStream<DeadLetter> none =
                stream.filter(any -> false)
                        .uid("none")
                        .map(any -> (DeadLetter) null)
                        .returns(DeadLetter.TYPE)
                        .uid("nothing");
        streams.writeDeadLetters(
                none,
                sinks.write(stream, streams),
                List.of(new RecordsSink(file("letters"), null)));
        env.execute();
    }

    @Test
    void saysWhatItNeeds(PostgresDatabase database, KafkaBroker broker) throws Exception {
        KafkaSinkSettings kafka = kafka(broker, broker.topic("inventory", 1));
        InventorySinks sinks =
                new InventorySinks(
                        List.of(
                                new InventorySink(null, null, jdbc(database)),
                                new InventorySink(file("changes"), null, null),
                                new InventorySink(null, kafka, null),
                                new InventorySink(null, null, jdbc(database))));
        assertThat(sinks.topics()).containsExactly(new JobSinks.Topic(kafka, 0));
        assertThat(sinks.tables()).hasSize(2);
        assertThat(sinks.tables().get(0).uses())
                .hasSize(7)
                .containsEntry("apm_remote_service_relation", Usage.CHANGING_ROWS);
        List<String> problems = new ArrayList<>();
        sinks.check((key, expected) -> problems.add(key));
        assertThat(problems).containsExactly("inventory[3].jdbc");
    }

    private FileSinkSettings file(String name) {
        return new FileSinkSettings(folder.resolve(name).toString());
    }

    private static InventoryJdbcSettings jdbc(PostgresDatabase database) {
        return new InventoryJdbcSettings(database.settings(), Duration.ofHours(1));
    }

    private static KafkaSinkSettings kafka(KafkaBroker broker, KafkaTopic topic) {
        return new KafkaSinkSettings(
                broker.address(),
                topic.name(),
                Guarantee.AT_LEAST_ONCE,
                Duration.ofMinutes(15),
                Map.of());
    }

    private static long rows(PostgresDatabase database) throws Exception {
        long rows = 0;
        for (Entity entity : Entity.values()) {
            rows += database.number("select count(*) from apm_" + entity.text());
        }
        return rows;
    }

    private static List<JsonNode> json(List<InventoryChange> changes) throws IOException {
        List<JsonNode> all = new ArrayList<>();
        for (InventoryChange change : changes) {
            all.add(JSON.readTree(new InventoryFormat().toBytes(change)));
        }
        return all;
    }

    private static JsonNode payload(JsonNode letter) {
        try {
            return JSON.readTree(letter.get("payload_base64").binaryValue());
        } catch (IOException broken) {
            throw new AssertionError("No JSON", broken);
        }
    }

    private List<JsonNode> lines(String name) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder.resolve(name))) {
            for (Path file : files.toList()) {
                for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                    lines.add(JSON.readTree(line));
                }
            }
        }
        return lines;
    }
}
