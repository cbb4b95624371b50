package io.tailrace.broker;

import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** A topic of a {@link KafkaBroker}, to write to and to read. */
public final class KafkaTopic {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaBroker broker;
    private final String name;
    private final int partitions;
    private final Queue<Future<RecordMetadata>> sent = new ConcurrentLinkedQueue<>();

    KafkaTopic(KafkaBroker broker, String name, int partitions) {
        this.broker = broker;
        this.name = name;
        this.partitions = partitions;
    }

    public String name() {
        return name;
    }

    public int partitions() {
        return partitions;
    }

    /** Without waiting for the broker; {@link #flush} does. */
    public void send(int partition, long timestamp, byte[] value) {
        sent.add(
                broker.producer()
                        .send(new ProducerRecord<>(name, partition, timestamp, null, value)));
    }

    /** Fails if the broker refused anything that was sent. */
    public void flush() throws ExecutionException, InterruptedException {
        broker.producer().flush();
        for (Future<RecordMetadata> each = sent.poll(); each != null; each = sent.poll()) {
            each.get();
        }
    }

    /**
     * All records of committed transactions, up to the last record that the topic has now. Fails if
     * an open transaction hides some of them.
     */
    public List<ConsumerRecord<byte[], byte[]>> records()
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> ends = new HashMap<>();
        Map<TopicPartition, ListOffsetsResultInfo> found =
                broker.admin()
                        .listOffsets(
                                topicPartitions().stream()
                                        .collect(
                                                HashMap::new,
                                                (map, each) -> map.put(each, OffsetSpec.latest()),
                                                HashMap::putAll))
                        .all()
                        .get();
        found.forEach((partition, end) -> ends.put(partition, end.offset()));
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            return read(consumer, ends);
        }
    }

    /** How many records of committed transactions can be read now. */
    public int recordsSoFar() {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            return read(consumer, consumer.endOffsets(topicPartitions())).size();
        }
    }

    private List<TopicPartition> topicPartitions() {
        return IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(name, partition))
                .toList();
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                broker.address(),
                                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                                "read_committed"),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        consumer.assign(topicPartitions());
        consumer.seekToBeginning(topicPartitions());
        return consumer;
    }

    private List<ConsumerRecord<byte[], byte[]>> read(
            KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
        long begun = System.nanoTime();
        while (ends.entrySet().stream()
                .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            if (System.nanoTime() - begun > PATIENCE.toNanos()) {
                throw new IllegalStateException(
                        "The end of %s is out of reach after %s; is a transaction still open?"
                                .formatted(name, PATIENCE));
            }
            consumer.poll(POLL).forEach(all::add);
        }
        return all;
    }
}
