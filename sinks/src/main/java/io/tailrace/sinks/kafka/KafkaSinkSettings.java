package io.tailrace.sinks.kafka;

import io.tailrace.operators.settings.Setting;

import java.io.Serializable;
import java.time.Duration;
import java.util.Map;

/** A sink {@code kafka} for records that are written as JSON. */
public record KafkaSinkSettings(
        @Setting(
                        value =
                                "The brokers; the source's where that is Kafka, else 127.0.0.1:9092",
                        optional = true)
                String bootstrapServers,
        @Setting("The topic") String topic,
        @Setting(value = "What it promises after a failure", defaultsTo = "at_least_once")
                Guarantee guarantee,
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

    /** Kafka's properties that hold secrets. */
    public static final String SECRET_KEYS =
            ".*password.*|.*secret.*|sasl\\.jaas\\.config|ssl\\.keystore\\.key";
}
