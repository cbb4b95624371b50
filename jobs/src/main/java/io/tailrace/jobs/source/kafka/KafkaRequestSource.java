package io.tailrace.jobs.source.kafka;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;

import io.tailrace.jobs.source.time.PartitionArrivals;
import io.tailrace.operators.input.SpanRequest;
import org.apache.kafka.clients.consumer.ConsumerConfig;

import java.time.Duration;
import java.util.Properties;
import java.util.regex.Pattern;

/** Export requests from Kafka; a record's timestamp is its arrival. */
public final class KafkaRequestSource {

    private static final Duration ALIGNMENT_INTERVAL = Duration.ofMillis(200);

    private KafkaRequestSource() {}

    public static KafkaSource<SpanRequest> source(KafkaSettings settings) {
        KafkaSourceBuilder<SpanRequest> builder =
                KafkaSource.<SpanRequest>builder()
                        .setProperties(properties(settings))
                        .setBootstrapServers(settings.bootstrapServers())
                        .setGroupId(settings.groupId())
                        .setStartingOffsets(startingOffsets(settings))
                        .setDeserializer(
                                new KafkaRequests(
                                        settings.encoding(), settings.maxRecordBytes().bytes()));
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

    /** Per partition, as the source asks for one generator for each. */
    public static WatermarkStrategy<SpanRequest> arrivals(KafkaSettings settings) {
        WatermarkStrategy<SpanRequest> arrivals =
                WatermarkStrategy.forGenerator(
                        PartitionArrivals.supplier(settings.outOfOrderness(), settings.bounded()));
        // The connector fails when alignment pauses a partition that it has just read to its end.
        return settings.bounded()
                ? arrivals
                : arrivals.withWatermarkAlignment(
                        "requests", settings.maxDrift(), ALIGNMENT_INTERVAL);
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
