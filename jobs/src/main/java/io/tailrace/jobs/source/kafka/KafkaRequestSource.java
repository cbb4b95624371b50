package io.tailrace.jobs.source.kafka;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;

import io.tailrace.jobs.source.time.PartitionArrivals;
import io.tailrace.operators.input.SpanRequest;
import org.apache.kafka.clients.consumer.ConsumerConfig;

import java.time.Duration;
import java.util.HashSet;
import java.util.Properties;
import java.util.regex.Pattern;

/** Export requests from Kafka; a record's timestamp is its arrival. */
public final class KafkaRequestSource {

    private static final Duration ALIGNMENT_INTERVAL = Duration.ofMillis(200);

    private KafkaRequestSource() {}

    public static KafkaSource<SpanRequest> source(KafkaSettings settings) {
        KafkaSourceBuilder<SpanRequest> builder =
                builder(settings)
                        .setGroupId(settings.groupId())
                        .setStartingOffsets(startingOffsets(settings));
        if (settings.topicPattern() == null) {
            builder.setTopics(settings.namedTopics());
        } else {
            builder.setTopicPattern(Pattern.compile(settings.topicPattern()));
        }
        if (settings.bounded()) {
            builder.setBounded(OffsetsInitializer.latest());
        }
        return builder.build();
    }

    /** Reads a range of records, and leaves no offsets with the brokers. */
    public static KafkaSource<SpanRequest> ofRange(KafkaSettings settings, KafkaRange range) {
        return builder(settings)
                .setGroupId("tailrace-preview")
                .setPartitions(new HashSet<>(range.starts().keySet()))
                .setStartingOffsets(OffsetsInitializer.offsets(range.starts()))
                .setBounded(OffsetsInitializer.offsets(range.ends()))
                .setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false")
                .setProperty(KafkaSourceOptions.COMMIT_OFFSETS_ON_CHECKPOINT.key(), "false")
                .build();
    }

    private static KafkaSourceBuilder<SpanRequest> builder(KafkaSettings settings) {
        return KafkaSource.<SpanRequest>builder()
                .setProperties(properties(settings))
                .setBootstrapServers(settings.bootstrapServers())
                .setDeserializer(
                        new KafkaRequests(settings.encoding(), settings.maxRecordBytes().bytes()));
    }

    /** Per partition, as the source asks for one generator for each. */
    public static WatermarkStrategy<SpanRequest> arrivals(KafkaSettings settings) {
        // The connector fails when alignment pauses a partition that it has just read to its end.
        return settings.bounded()
                ? arrivals(settings, true)
                : arrivals(settings, false)
                        .withWatermarkAlignment(
                                "requests", settings.maxDrift(), ALIGNMENT_INTERVAL);
    }

    /** Of a range. */
    public static WatermarkStrategy<SpanRequest> arrivalsOfRange(KafkaSettings settings) {
        return arrivals(settings, true);
    }

    private static WatermarkStrategy<SpanRequest> arrivals(
            KafkaSettings settings, boolean bounded) {
        return WatermarkStrategy.forGenerator(
                PartitionArrivals.supplier(settings.outOfOrderness(), bounded));
    }

    @SuppressWarnings("deprecation") // the connector has no other way to say it yet
    private static OffsetsInitializer startingOffsets(KafkaSettings settings) {
        return switch (settings.startingOffsets()) {
            case EARLIEST -> OffsetsInitializer.earliest();
            case LATEST -> OffsetsInitializer.latest();
            case COMMITTED ->
                    OffsetsInitializer.committedOffsets(
                            org.apache.kafka.clients.consumer.OffsetResetStrategy.EARLIEST);
        };
    }

    private static Properties properties(KafkaSettings settings) {
        Properties properties = new Properties();
        // What was written in a transaction that failed is written again; nobody wants it twice.
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.putAll(settings.properties());
        return properties;
    }
}
