package io.tailrace.demo;

import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;

/** How far groups have read, by what they commit with their checkpoints; restarts keep it. */
public final class Committed implements AutoCloseable {

    private final Admin admin;

    /**
     * @param brokers their addresses
     */
    public Committed(String brokers) {
        admin = Admin.create(Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, brokers));
    }

    /** How many records the group has read and holds in a checkpoint, of all its topics. */
    public long records(String group) throws ExecutionException, InterruptedException {
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
    public void close() {
        admin.close();
    }
}
