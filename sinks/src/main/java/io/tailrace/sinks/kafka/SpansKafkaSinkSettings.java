package io.tailrace.sinks.kafka;

import io.tailrace.operators.input.Encoding;
import io.tailrace.operators.settings.ByteSize;
import io.tailrace.operators.settings.Setting;

import java.io.Serializable;
import java.time.Duration;
import java.util.Map;

/** A sink {@code kafka} for kept spans: {@link KafkaSinkSettings} and how spans are encoded. */
public record SpansKafkaSinkSettings(
        @Setting(
                        value =
                                "The brokers; the source's where that is Kafka, else 127.0.0.1:9092",
                        optional = true)
                String bootstrapServers,
        @Setting("The topic") String topic,
        @Setting(value = "How spans are encoded", defaultsTo = "otlp_proto") Encoding encoding,
        @Setting(
                        value =
                                "What is in a message: one trace, or what there is of it, with its id as"
                                        + " key; or a batch of traces, without a key",
                        defaultsTo = "trace")
                Contents messages,
        @Setting(
                        value =
                                "How long in event time a trace waits for others in a batch; a full"
                                        + " one, a checkpoint and the end of input do not wait",
                        defaultsTo = "1s",
                        least = 0)
                Duration batchWait,
        @Setting(value = "What it promises after a failure", defaultsTo = "at_least_once")
                Guarantee guarantee,
        @Setting(
                        value = "A trace that is larger goes as several messages",
                        defaultsTo = "900KB",
                        least = 1000,
                        most = 1 << 30)
                ByteSize maxMessageBytes,
        @Setting(
                        value =
                                "With exactly_once: how long a transaction may stay open, over the"
                                        + " longest outage and below the brokers' transaction.max.timeout.ms",
                        defaultsTo = "15m",
                        least = 1000)
                Duration transactionTimeout,
        @Setting(
                        value = "Handed to the Kafka producer as they are",
                        optional = true,
                        secretKeys = KafkaSinkSettings.SECRET_KEYS)
                Map<String, String> properties)
        implements Serializable {

    /** What is in a message. */
    public enum Contents {
        TRACE,
        BATCH
    }

    /** What it shares with the other records' sinks. */
    public KafkaSinkSettings common() {
        return new KafkaSinkSettings(
                bootstrapServers, topic, guarantee, transactionTimeout, properties);
    }
}
