package io.tailrace.jobs.discovery.heartbeat;

import io.tailrace.jobs.source.kafka.KafkaSettings;
import io.tailrace.jobs.source.kafka.KafkaSettings.EndingOffsets;
import io.tailrace.jobs.source.kafka.KafkaSettings.StartingOffsets;
import io.tailrace.operators.input.Encoding;
import io.tailrace.operators.settings.ByteSize;
import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.Setting;
import io.tailrace.sinks.kafka.KafkaSinkSettings;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Heartbeat events from Kafka. */
public record HeartbeatKafkaSettings(
        @Setting(
                        value =
                                "The brokers; the source's where that is Kafka, else 127.0.0.1:9092",
                        optional = true)
                String bootstrapServers,
        @Setting(value = "The topics", least = 1) List<String> topics,
        @Setting(
                        value = "The consumer group, whose offsets show how far the job is",
                        defaultsTo = "tailrace")
                String groupId,
        @Setting(
                        value =
                                "Where a job without savepoint begins; committed: where the group is,"
                                        + " and where it is nowhere, at the earliest",
                        defaultsTo = "committed")
                StartingOffsets startingOffsets,
        @Setting(
                        value = "A larger record is a dead letter",
                        defaultsTo = "1MiB",
                        least = 1,
                        most = 1 << 30)
                ByteSize maxRecordBytes,
        @Setting(
                        value = "Handed to the Kafka consumer as they are",
                        optional = true,
                        secretKeys = KafkaSinkSettings.SECRET_KEYS)
                Map<String, String> properties)
        implements Checked, Serializable {

    @Override
    public void check(Problems problems) {
        for (int i = 0; i < topics.size(); i++) {
            if (topics.get(i).isBlank()) {
                problems.expected("topics[%d]".formatted(i), "a topic's name");
            }
        }
    }

    /**
     * As a source of records that nobody has looked into.
     *
     * @param brokers where none are named here
     * @param bounded whether it ends at what is there when the job starts
     */
    KafkaSettings asSource(String brokers, boolean bounded) {
        return new KafkaSettings(
                bootstrapServers == null ? brokers : bootstrapServers,
                topics,
                null,
                groupId,
                Encoding.BK_JSON,
                startingOffsets,
                bounded ? EndingOffsets.LATEST : EndingOffsets.NONE,
                Duration.ZERO,
                Duration.ZERO,
                maxRecordBytes,
                properties);
    }
}
