package io.tailrace.demo.cluster;

import io.tailrace.broker.KafkaBroker;
import io.tailrace.broker.KafkaTopic;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;

/** A broker with the topics of the job. */
final class Broker implements AutoCloseable {

    private static final int PARTITIONS = 4;

    private final KafkaBroker broker;
    private final Admin admin;
    private final KafkaTopic spans;
    private final KafkaTopic sampled;
    private final KafkaTopic decisions;
    private final KafkaTopic deadLetters;

    /**
     * @param folder an empty one for all that it keeps
     */
    Broker(Path folder) throws Exception {
        broker = new KafkaBroker(folder);
        admin = Admin.create(Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, address()));
        spans = broker.exactly("otlp_spans", PARTITIONS);
        sampled = broker.exactly("otlp_spans_sampled", PARTITIONS);
        decisions = broker.exactly("tailrace_decisions", 2);
        deadLetters = broker.exactly("tailrace_dead_letters", 1);
    }

    String address() {
        return broker.address();
    }

    KafkaTopic spans() {
        return spans;
    }

    KafkaTopic sampled() {
        return sampled;
    }

    KafkaTopic decisions() {
        return decisions;
    }

    KafkaTopic deadLetters() {
        return deadLetters;
    }

    /** How many requests the job has read and holds in a checkpoint. */
    long committed(String group) throws ExecutionException, InterruptedException {
        return admin
                .listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get()
                .values()
                .stream()
                .filter(Objects::nonNull)
                .mapToLong(OffsetAndMetadata::offset)
                .sum();
    }

    @Override
    public void close() throws IOException {
        admin.close();
        broker.close();
    }
}
