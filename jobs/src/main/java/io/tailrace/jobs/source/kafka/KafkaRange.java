package io.tailrace.jobs.source.kafka;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;

/**
 * A part of what topics hold: of each partition the records from one offset up to another, which is
 * left out. A partition of which nothing belongs to it is not in it.
 */
public record KafkaRange(Map<TopicPartition, Long> starts, Map<TopicPartition, Long> ends) {

    /**
     * What is there now, without that of open transactions.
     *
     * @param since leaves out records of before; null takes all
     */
    public static KafkaRange ofNow(Admin admin, KafkaSettings settings, Instant since)
            throws ExecutionException, InterruptedException {
        List<TopicPartition> partitions = partitions(admin, topics(admin, settings));
        OffsetSpec start =
                since == null
                        ? OffsetSpec.earliest()
                        : OffsetSpec.forTimestamp(since.toEpochMilli());
        Map<TopicPartition, Long> starts = offsets(admin, partitions, start);
        Map<TopicPartition, Long> ends = offsets(admin, partitions, OffsetSpec.latest());
        // No record is as young: told by an offset below all.
        starts.replaceAll((partition, offset) -> offset < 0 ? ends.get(partition) : offset);
        partitions.stream()
                .filter(each -> starts.get(each) >= ends.get(each))
                .forEach(
                        empty -> {
                            starts.remove(empty);
                            ends.remove(empty);
                        });
        return new KafkaRange(starts, ends);
    }

    private static List<String> topics(Admin admin, KafkaSettings settings)
            throws ExecutionException, InterruptedException {
        if (settings.topicPattern() == null) {
            return settings.namedTopics();
        }
        Pattern pattern = Pattern.compile(settings.topicPattern());
        return admin.listTopics().names().get().stream()
                .filter(name -> pattern.matcher(name).matches())
                .toList();
    }

    private static List<TopicPartition> partitions(Admin admin, List<String> topics)
            throws ExecutionException, InterruptedException {
        List<TopicPartition> partitions = new ArrayList<>();
        for (TopicDescription topic : admin.describeTopics(topics).allTopicNames().get().values()) {
            topic.partitions()
                    .forEach(
                            each ->
                                    partitions.add(
                                            new TopicPartition(topic.name(), each.partition())));
        }
        return partitions;
    }

    private static Map<TopicPartition, Long> offsets(
            Admin admin, List<TopicPartition> partitions, OffsetSpec which)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        partitions.forEach(each -> asked.put(each, which));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        admin.listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .all()
                .get()
                .forEach((partition, found) -> offsets.put(partition, found.offset()));
        return offsets;
    }

    /** Whether there is nothing in it. */
    public boolean isEmpty() {
        return starts.isEmpty();
    }
}
