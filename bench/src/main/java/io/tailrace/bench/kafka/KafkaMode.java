package io.tailrace.bench.kafka;

import java.util.Locale;

/** What is measured against each other. */
enum KafkaMode {
    /** Records are read from Kafka, split by trace, shuffled and thrown away. */
    PASS_THROUGH,
    /** The job as a spec has it: from Kafka, with state in RocksDB, to Kafka. */
    KAFKA_TO_KAFKA;

    /** As in JSON. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
