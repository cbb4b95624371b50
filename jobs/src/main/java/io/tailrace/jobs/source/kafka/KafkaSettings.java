package io.tailrace.jobs.source.kafka;

import io.tailrace.operators.input.Encoding;
import io.tailrace.operators.settings.ByteSize;
import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.Setting;
import io.tailrace.sinks.kafka.KafkaSinkSettings;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** A source {@code kafka}. */
public record KafkaSettings(
        @Setting(value = "The brokers", defaultsTo = "127.0.0.1:9092") String bootstrapServers,
        @Setting(
                        value = "The topics; otlp_spans unless topics or topic_pattern is given",
                        optional = true)
                List<String> topics,
        @Setting(
                        value =
                                "A regular expression (Java) for the whole names of topics; new ones"
                                        + " are found while the job runs",
                        optional = true)
                String topicPattern,
        @Setting(
                        value = "The consumer group, whose offsets show how far the job is",
                        defaultsTo = "tailrace")
                String groupId,
        @Setting(value = "How records hold spans", defaultsTo = "otlp_proto") Encoding encoding,
        @Setting(
                        value =
                                "Where a job without savepoint begins; committed: where the group is,"
                                        + " and where it is nowhere, at the earliest",
                        defaultsTo = "committed")
                StartingOffsets startingOffsets,
        @Setting(
                        value =
                                "Where it ends; latest: at what is there when the job starts, for"
                                        + " backfills",
                        defaultsTo = "none")
                EndingOffsets endingOffsets,
        @Setting(
                        value = "How far timestamps in a partition may be behind the latest before",
                        defaultsTo = "1s",
                        least = 0)
                Duration outOfOrderness,
        @Setting(
                        value =
                                "How far one partition may be read ahead of the others in event time,"
                                        + " which bounds what is open while catching up; has no"
                                        + " effect with ending_offsets latest",
                        defaultsTo = "2m",
                        least = 1000)
                Duration maxDrift,
        @Setting(
                        value = "A larger record is a dead letter",
                        defaultsTo = "16MiB",
                        least = 1,
                        most = 1 << 30)
                ByteSize maxRecordBytes,
        @Setting(
                        value = "Handed to the Kafka consumer as they are",
                        optional = true,
                        secretKeys = KafkaSinkSettings.SECRET_KEYS)
                Map<String, String> properties)
        implements Checked, Serializable {

    public static final String DEFAULT_BROKERS = "127.0.0.1:9092";
    private static final List<String> DEFAULT_TOPICS = List.of("otlp_spans");

    /** Where a job without savepoint begins. */
    public enum StartingOffsets {
        EARLIEST,
        LATEST,
        COMMITTED
    }

    /** Where a job ends. */
    public enum EndingOffsets {
        NONE,
        LATEST
    }

    public boolean bounded() {
        return endingOffsets == EndingOffsets.LATEST;
    }

    /** The topics by name; empty where a pattern is given. */
    public List<String> namedTopics() {
        return topics.isEmpty() && topicPattern == null ? DEFAULT_TOPICS : topics;
    }

    @Override
    public void check(Problems problems) {
        if (topicPattern != null && !topics.isEmpty()) {
            problems.expected("topic_pattern", "either topics or topic_pattern");
        }
        if (topicPattern != null) {
            try {
                Pattern.compile(topicPattern);
            } catch (PatternSyntaxException wrong) {
                problems.expected(
                        "topic_pattern", "a regular expression: " + wrong.getDescription());
            }
        }
    }
}
