package io.tailrace.sinks.kafka;

import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;

import io.tailrace.sinks.message.Message;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;

import java.util.Properties;

/** Writes messages to a topic. */
public final class KafkaMessages {

    private static final int MEBIBYTE = 1 << 20;

    private KafkaMessages() {}

    /**
     * @param bootstrapServers the brokers, where the settings name none
     * @param mostBytes the largest message that will come
     * @param transactions a name for its transactions that no other sink has on these brokers
     */
    public static Sink<Message> sink(
            KafkaSinkSettings settings,
            String bootstrapServers,
            long mostBytes,
            String transactions) {
        String brokers =
                settings.bootstrapServers() == null
                        ? bootstrapServers
                        : settings.bootstrapServers();
        String topic = settings.topic();
        // Stamped when written: with the event time of a replay, a topic's retention would take
        // them.
        KafkaRecordSerializationSchema<Message> records =
                (message, context, eventTime) ->
                        new ProducerRecord<>(topic, message.key(), message.value());
        return KafkaSink.<Message>builder()
                .setBootstrapServers(brokers)
                .setKafkaProducerConfig(properties(settings, mostBytes))
                .setDeliveryGuarantee(settings.guarantee().flinks())
                .setTransactionalIdPrefix(transactions)
                .setRecordSerializer(records)
                .build();
    }

    private static Properties properties(KafkaSinkSettings settings, long mostBytes) {
        Properties properties = new Properties();
        properties.put(
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                Long.toString(settings.transactionTimeout().toMillis()));
        // The producer counts a record's headers and overhead too.
        properties.put(
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                Long.toString(Math.max(MEBIBYTE, mostBytes + 64 * 1024)));
        properties.putAll(settings.properties());
        return properties;
    }
}
