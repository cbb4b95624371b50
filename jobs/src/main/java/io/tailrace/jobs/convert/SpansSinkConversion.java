package io.tailrace.jobs.convert;

import io.tailrace.jobs.spec.Node;
import io.tailrace.sinks.kafka.SpansKafkaSinkSettings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes {@code sinks.spans} of the exporters of the pipelines that sample. */
final class SpansSinkConversion {

    static final String TOPIC = "otlp_spans_sampled";

    private static final String CHECKPOINTS =
            "what could not be written is read anew from the last checkpoint";
    private static final String PRODUCER = "write Kafka's own property in properties";

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
                    Map.entry("logs", "the sink is for spans"),
                    Map.entry("metrics", "the sink is for spans"),
                    Map.entry("profiles", "the sink is for spans"));

    private final CollectorFile file;
    private final Notes notes;
    private final KafkaClient client;
    private final Map<String, String> environment;
    private final List<String> others = new ArrayList<>();

    SpansSinkConversion(
            CollectorFile file, Notes notes, KafkaClient client, Map<String, String> environment) {
        this.file = file;
        this.notes = notes;
        this.client = client;
        this.environment = environment;
    }

    /**
     * The sinks.
     *
     * @param exporters of the pipelines that sample
     * @param source the block {@code source.kafka}
     */
    Written.Items convert(Set<String> exporters, Written.Block source) {
        Written.Items sinks = new Written.Items();
        for (String id : exporters) {
            if (CollectorFile.type(id).equals("kafka")) {
                Section from = file.section("exporters", id, notes, environment);
                sinks.add(new Written.Block().put("kafka", kafka(from, source)));
            } else if (CollectorFile.type(id).equals("loadbalancing")) {
                notes.left(
                        file.component("exporters", id),
                        "exporters." + id,
                        "is needed no more: the job brings a trace's spans together by its id");
            } else if (!file.has("connectors", id)) {
                others.add(id);
                notes.left(
                        file.component("exporters", id),
                        "exporters." + id,
                        "keep it in a Collector behind, which reads the topic of sampled spans");
            }
        }
        if (!sinks.hasValues()) {
            sinks.add(new Written.Block().put("kafka", new Written.Block().put("topic", TOPIC)));
        }
        return sinks;
    }

    /** The exporters that a Collector behind must keep. */
    List<String> others() {
        return others;
    }

    private Written.Block kafka(Section from, Written.Block source) {
        Written.Block into = new Written.Block();
        String brokers = KafkaClient.brokers(from);
        if (!brokers.equals(text(source, "bootstrap_servers"))) {
            into.put("bootstrap_servers", brokers);
        }
        Section traces = from.below("traces");
        topic(from, traces, source, into);
        into.put("encoding", client.encoding(traces, from));
        for (String key : List.of("topic_from_metadata_key", "message_key_from_metadata_key")) {
            traces.left(key, "a sink writes to one topic, with the trace's id as key");
        }
        traces.rest("traces");
        Written.Block properties = client.properties(from);
        producer(from.below("producer"), into, properties);
        if (!properties.isEmpty()) {
            into.put("properties", properties);
        }
        REASONS.forEach(from::left);
        from.rest("the exporter kafka");
        return into;
    }

    private void topic(Section from, Section traces, Written.Block source, Written.Block into) {
        Section holder = traces.look("topic") != null ? traces : from;
        String given = holder.text("topic");
        String topic = given == null ? SourceConversion.TOPIC : given;
        boolean read =
                source.lines().stream()
                        .filter(line -> line.value() instanceof Written.Items)
                        .flatMap(line -> ((Written.Items) line.value()).lines().stream())
                        .anyMatch(line -> ((Written.Text) line.value()).text().equals(topic));
        into.put("topic", read ? TOPIC : topic);
        if (read) {
            Node at = given == null ? from.node() : holder.take("topic");
            notes.changed(
                    at,
                    holder.path("topic"),
                    "is now %s, for the job reads %s".formatted(TOPIC, topic));
        } else {
            holder.carried("topic");
        }
        if (holder == traces) {
            from.left("topic", "the topic of traces holds");
        }
    }

    private void producer(Section from, Written.Block into, Written.Block properties) {
        from.carry("max_message_bytes", SpansKafkaSinkSettings.class, "max_message_bytes", into);
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

    private static String text(Written.Block block, String key) {
        return block.lines().stream()
                .filter(line -> line.key().equals(key) && line.value() instanceof Written.Text)
                .map(line -> ((Written.Text) line.value()).text())
                .findFirst()
                .orElse("");
    }
}
