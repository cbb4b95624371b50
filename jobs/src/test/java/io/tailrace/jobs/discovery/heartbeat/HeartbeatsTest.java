package io.tailrace.jobs.discovery.heartbeat;

import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import io.tailrace.broker.KafkaBroker;
import io.tailrace.broker.KafkaTopic;
import io.tailrace.jobs.run.FlinkOptions;
import io.tailrace.jobs.source.kafka.KafkaSettings.StartingOffsets;
import io.tailrace.jobs.testing.JobOutput;
import io.tailrace.jobs.testing.KafkaExtension;
import io.tailrace.jobs.testing.KafkaRecords;
import io.tailrace.operators.application.Application;
import io.tailrace.operators.discovery.Host;
import io.tailrace.operators.discovery.HostLost;
import io.tailrace.operators.discovery.InventoryChange;
import io.tailrace.operators.discovery.InventoryChange.Operation;
import io.tailrace.operators.discovery.InventoryKey;
import io.tailrace.operators.discovery.Sighting;
import io.tailrace.operators.discovery.inventory.Inventory;
import io.tailrace.operators.discovery.inventory.InventoryLimits;
import io.tailrace.operators.input.DeadLetter;
import io.tailrace.operators.input.SpanRequest;
import io.tailrace.operators.settings.ByteSize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Events of lost heartbeats in a real topic, beside one that makes time. */
@ExtendWith(KafkaExtension.class)
// Waiting for a job cannot be interrupted.
@Timeout(value = 300, threadMode = ThreadMode.SEPARATE_THREAD)
final class HeartbeatsTest {

    private static final Application SHOP = new Application(2, "shop");
    private static final Duration TTL = Duration.ofSeconds(50);

    private static HeartbeatSettings settings(KafkaTopic topic) {
        return new HeartbeatSettings(
                new HeartbeatKafkaSettings(
                        null,
                        List.of(topic.name()),
                        "test",
                        StartingOffsets.EARLIEST,
                        new ByteSize(1000),
                        Map.of()));
    }

    private static byte[] lost(String hosts) {
        return utf8(
                """
                {"server": "127.0.0.1", "time": "2019-10-16 00:28:53", "timezone": 8, "value": [
                    {"event_raw_id": 1, "event_type": "gse_basic_alarm_type",
                     "extra": {"type": 2, "count": 1, "host": [%s]}}]}
                """
                        .formatted(hosts));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The ip of a host that was seen, as the other topic has it. */
    private static Sighting sighting(SpanRequest record) {
        String ip = new String(record.payload(), StandardCharsets.UTF_8);
        return new Sighting(SHOP, new Host(ip, "cart"), record.arrival(), record.arrival());
    }

    private static DataStream<InventoryChange> inventory(
            DataStream<SpanRequest> seen, DataStream<HostLost> lost) {
        return seen.map(HeartbeatsTest::sighting)
                .returns(Sighting.TYPE)
                .uid("sightings")
                .keyBy(Sighting::key, InventoryKey.TYPE)
                .connect(Heartbeats.toAll(lost))
                .process(
                        new Inventory(
                                new InventoryLimits(TTL, TTL, Duration.ofSeconds(5), 100, 100)),
                        InventoryChange.TYPE)
                .uid("inventory");
    }

    /** Whatever is in the topic of heartbeats, event time is that of the other one. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void timeGoesOnWithoutThem(boolean anyThere, KafkaBroker broker) throws Exception {
        KafkaTopic seen = broker.topic("seen", 1);
        KafkaTopic heartbeats = broker.topic("heartbeats", 2);
        long now = System.currentTimeMillis();
        if (anyThere) {
            heartbeats.send(0, 5, lost("{\"bizid\": 2, \"cloudid\": 0, \"ip\": \"10.0.0.2\"}"));
            heartbeats.flush();
        }
        StreamExecutionEnvironment env = KafkaRecords.environment(FlinkOptions.ofPreview());
        DataStream<InventoryChange> changes =
                inventory(
                        KafkaRecords.requests(env, broker, seen, false),
                        Heartbeats.of(env, settings(heartbeats), broker.address(), false).lost());
        seen.send(0, now - 60_000, utf8("10.0.0.1"));
        seen.send(0, now, utf8("10.0.0.2"));
        seen.flush();
        try (JobOutput<InventoryChange> out = JobOutput.of(changes)) {
            InventoryChange change = out.next();
            while (change.operation() == Operation.UPSERT) {
                change = out.next();
            }
            assertThat(change.item()).isEqualTo(new Host("10.0.0.1", "cart"));
            heartbeats.send(1, now, lost("{\"bizid\": 2, \"cloudid\": 0, \"ip\": \"10.0.0.2\"}"));
            heartbeats.flush();
            InventoryChange lost = out.next();
            while (!Boolean.FALSE.equals(lost.host().agentAlive())) {
                lost = out.next();
            }
            assertThat(lost.item()).isEqualTo(new Host("10.0.0.2", "cart"));
        }
    }

    @Test
    void whatCannotBeReadIsADeadLetter(KafkaBroker broker) throws Exception {
        KafkaTopic topic = broker.topic("heartbeats", 1);
        topic.send(0, 1, utf8("no JSON"));
        topic.send(0, 2, utf8("{\"value\": 5}"));
        topic.send(
                0,
                3,
                lost(
                        "{\"bizid\": 2, \"cloudid\": \"0\", \"ip\": \"10.0.0.1\"}, {\"bizid\": 2},"
                                + " {\"cloudid\": 0, \"ip\": 7}, {\"agent_id\": \"5:10.0.0.2\"}"));
        topic.send(0, 4, utf8("{\"value\": [{\"extra\": {\"type\": 3}}]}"));
        topic.send(0, 5, utf8("{\"value\": [{\"extra\": {\"type\": 2}}]}"));
        topic.send(
                0,
                6,
                lost(
                        "{\"bizid\": 3, \"cloudid\": 1, \"agent_id\": \"%s\"}"
                                .formatted("a".repeat(1000))));
        topic.send(0, 7, lost("{\"bizid\": 3, \"cloudid\": 1, \"agent_id\": \"0100\"}"));
        topic.flush();
        StreamExecutionEnvironment env = KafkaRecords.environment(FlinkOptions.ofPreview());
        Heartbeats.Outputs outputs = Heartbeats.of(env, settings(topic), broker.address(), true);
        List<HostLost> lost;
        List<DeadLetter> letters;
        try (JobOutput<HostLost> allLost = JobOutput.before(outputs.lost());
                JobOutput<DeadLetter> allLetters = JobOutput.before(outputs.deadLetters())) {
            env.executeAsync();
            lost = allLost.rest();
            letters = allLetters.rest();
        }
        assertThat(lost)
                .containsExactly(
                        new HostLost(2, 0, "10.0.0.1", "", 3),
                        new HostLost(0, 5, "10.0.0.2", "5:10.0.0.2", 3),
                        new HostLost(3, 1, "", "0100", 7));
        assertThat(letters)
                .extracting(letter -> letter.origin().offset() + " " + letter.reason())
                .containsExactly(
                        "0 MALFORMED_JSON",
                        "1 UNEXPECTED_VALUE",
                        "2 UNEXPECTED_VALUE",
                        "2 UNEXPECTED_VALUE",
                        "4 UNEXPECTED_VALUE",
                        "5 RECORD_TOO_LARGE");
        assertThat(new String(letters.get(3).payload(), StandardCharsets.UTF_8))
                .isEqualTo("{\"cloudid\":0,\"ip\":7}");
    }

    /** A job whose spans end ends, though heartbeats go on. */
    @Test
    void theyEndWhereSpansEnd(KafkaBroker broker) throws Exception {
        KafkaTopic seen = broker.topic("seen", 1);
        KafkaTopic heartbeats = broker.topic("heartbeats", 1);
        seen.send(0, 1000, utf8("10.0.0.1"));
        seen.flush();
        StreamExecutionEnvironment env = KafkaRecords.environment(FlinkOptions.ofPreview());
        DataStream<InventoryChange> changes =
                inventory(
                        KafkaRecords.requests(env, broker, seen, true),
                        Heartbeats.of(env, settings(heartbeats), broker.address(), true).lost());
        List<InventoryChange> all;
        try (JobOutput<InventoryChange> out = JobOutput.of(changes)) {
            all = out.rest();
        }
        assertThat(all).hasSize(1);
        assertThat(all.get(0).operation()).isEqualTo(Operation.UPSERT);
    }
}
