package io.tailrace.jobs.convert;

import io.tailrace.jobs.spec.Node;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Makes a sink {@code kafka} of an exporter kafka. */
final class KafkaSinkConversion {

    private static final String CHECKPOINTS =
            "what could not be written is read anew from the last checkpoint";
    private static final String PRODUCER = "write Kafka's own property in properties";

    private static final String OTHER_SIGNAL = "the sink is for something else";

    private static final Map<String, String> REASONS =
            Map.ofEntries(
                    Map.entry("timeout", PRODUCER),
                    Map.entry("retry_on_failure", CHECKPOINTS),
                    Map.entry("sending_queue", CHECKPOINTS),
                    Map.entry("topic_from_attribute", "a sink writes to one topic"),
                    Map.entry("topic_from_metadata_key", "a sink writes to one topic"),
                    Map.entry("include_metadata_keys", "messages have no headers"),
                    Map.entry("record_headers", "messages have no headers"),
                    Map.entry("record_partitioner", PRODUCER),
                    Map.entry("partition_traces_by_id", "the key of a message is its trace's id"),
                    Map.entry("partition_metrics_by_resource_attributes", "is for metrics"),
                    Map.entry("partition_logs_by_resource_attributes", "is for logs"),
                    Map.entry("partition_logs_by_trace_id", "is for logs"),
                    Map.entry("logs", OTHER_SIGNAL),
                    Map.entry("metrics", OTHER_SIGNAL),
                    Map.entry("traces", OTHER_SIGNAL),
                    Map.entry("profiles", OTHER_SIGNAL));

    private final Notes notes;
    private final KafkaClient client;

    KafkaSinkConversion(Notes notes, Variables variables) {
        this.notes = notes;
        this.client = new KafkaClient(notes, variables);
    }

    /**
     * The sink.
     *
     * @param signal such as {@code traces}, whose topic and encoding hold
     * @param topicOf the topic for the one that is written, or for null
     * @param block the record of the sink's settings
     */
    Written.Block convert(
            Section from,
            String signal,
            UnaryOperator<String> topicOf,
            Class<? extends Record> block) {
        Written.Block into =
                new Written.Block().put("bootstrap_servers", KafkaClient.brokers(from));
        Section own = from.below(signal);
        topic(from, own, topicOf, into);
        into.put("encoding", client.encoding(own, from));
        for (String key : List.of("topic_from_metadata_key", "message_key_from_metadata_key")) {
            own.left(key, "a sink writes to one topic, with keys of its own");
        }
        own.rest(signal);
        Written.Block properties = client.properties(from);
        producer(from.below("producer"), block, into, properties);
        if (!properties.isEmpty()) {
            into.put("properties", properties);
        }
        REASONS.forEach(
                (key, reason) -> {
                    if (!key.equals(signal)) {
                        from.left(key, reason);
                    }
                });
        from.rest("the exporter kafka");
        return into;
    }

    private void topic(
            Section from, Section own, UnaryOperator<String> topicOf, Written.Block into) {
        Section holder = own.look("topic") != null ? own : from;
        String written = holder.text("topic");
        String given = "".equals(written) ? null : written;
        String topic = topicOf.apply(given);
        into.put("topic", topic);
        if (given == null || given.equals(topic)) {
            holder.carried("topic");
        } else {
            holder.changed("topic", "is now %s, for the job reads %s".formatted(topic, given));
        }
        if (holder == own) {
            from.left("topic", "the topic of the signal holds");
        }
    }

    private void producer(
            Section from,
            Class<? extends Record> block,
            Written.Block into,
            Written.Block properties) {
        from.carry("max_message_bytes", block, "max_message_bytes", into);
        property(from, "required_acks", "acks", properties);
        property(from, "compression", "compression.type", properties);
        from.left("compression_params", PRODUCER);
        from.left("flush_max_messages", PRODUCER);
        from.left("max_broker_write_bytes", PRODUCER);
        from.left("linger", PRODUCER);
        from.left("allow_auto_topic_creation", "the brokers say whether topics are made");
        from.rest("producer");
    }

    private void property(Section from, String key, String to, Written.Block properties) {
        if (from.take(key) instanceof Node.Scalar value) {
            properties.put(to, new Written.Text(value.text(), !value.text().equals("all")));
            notes.changed(value, from.path(key), "is now properties." + to);
        }
    }
}
