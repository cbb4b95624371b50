package io.tailrace.jobs.convert;

import io.tailrace.jobs.source.kafka.KafkaSettings;
import io.tailrace.jobs.spec.Node;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Makes the block {@code source} of the receivers that feed what is carried over. */
final class SourceConversion {

    static final String BROKERS = "${KAFKA:-127.0.0.1:9092}";
    static final String TOPIC = "otlp_spans";

    private static final String GROUPS =
            "Flink assigns partitions by itself, and is no member of the group";
    private static final String FETCHING = "write Kafka's own properties where it is needed";
    private static final String CHECKPOINTS =
            "a checkpoint remembers the offsets, and nothing is read past it unless it is in state";

    /** Keys of the receiver that have no place in a spec. */
    private static final Map<String, String> REASONS =
            Map.ofEntries(
                    Map.entry("session_timeout", GROUPS),
                    Map.entry("heartbeat_interval", GROUPS),
                    Map.entry("group_rebalance_strategy", GROUPS),
                    Map.entry("group_rebalance_strategies", GROUPS),
                    Map.entry("group_instance_id", GROUPS),
                    Map.entry("use_leader_epoch", FETCHING),
                    Map.entry("min_fetch_size", FETCHING),
                    Map.entry("default_fetch_size", FETCHING),
                    Map.entry("max_fetch_size", FETCHING),
                    Map.entry("max_fetch_wait", FETCHING),
                    Map.entry("max_partition_fetch_size", FETCHING),
                    Map.entry("autocommit", CHECKPOINTS),
                    Map.entry("message_marking", CHECKPOINTS),
                    Map.entry("partition_processing", CHECKPOINTS),
                    Map.entry("error_backoff", CHECKPOINTS),
                    Map.entry("header_extraction", "headers of records are not looked at"),
                    Map.entry("telemetry", "see the metrics of the operator requests"),
                    Map.entry("logs", "the job reads spans alone"),
                    Map.entry("metrics", "the job reads spans alone"),
                    Map.entry("profiles", "the job reads spans alone"));

    private final CollectorFile file;
    private final Notes notes;
    private final KafkaClient client;
    private final Map<String, String> environment;
    private final List<String> others = new ArrayList<>();

    SourceConversion(
            CollectorFile file, Notes notes, KafkaClient client, Map<String, String> environment) {
        this.file = file;
        this.notes = notes;
        this.client = client;
        this.environment = environment;
    }

    /** The block {@code kafka}. */
    Written.Block convert(Set<String> receivers) {
        Section chosen = null;
        for (String id : receivers) {
            Node node = file.component("receivers", id);
            boolean kafka = CollectorFile.type(id).equals("kafka");
            if (kafka && chosen == null) {
                chosen = file.section("receivers", id, notes, environment);
            } else if (kafka) {
                notes.left(
                        node,
                        "receivers." + id,
                        "a job has one source; add its topics where the brokers are the same");
            } else {
                others.add(id);
                notes.left(
                        node,
                        "receivers." + id,
                        "spans must come through Kafka: keep it in the Collectors, and let these"
                                + " write to the topic");
            }
        }
        return chosen == null
                ? new Written.Block()
                        .put("bootstrap_servers", BROKERS)
                        .put("topics", Written.texts(List.of(TOPIC)))
                : kafka(chosen);
    }

    /** The receivers that Collectors must keep, and write to Kafka what they take. */
    List<String> others() {
        return others;
    }

    private Written.Block kafka(Section from) {
        Written.Block into = new Written.Block();
        into.put("bootstrap_servers", KafkaClient.brokers(from));
        Section traces = from.below("traces");
        topics(from, traces, into);
        group(from, into);
        into.put("encoding", client.encoding(traces, from));
        traces.rest("traces");
        offsets(from);
        Written.Block properties = client.properties(from);
        if (!properties.isEmpty()) {
            into.put("properties", properties);
        }
        REASONS.forEach(from::left);
        from.rest("the receiver kafka");
        return into;
    }

    private void topics(Section from, Section traces, Written.Block into) {
        List<String> topics = new ArrayList<>(CollectorFile.texts(traces.node(), "topics"));
        topics.addAll(CollectorFile.texts(traces.node(), "topic"));
        traces.carried("topics");
        traces.carried("topic");
        if (topics.isEmpty()) {
            topics.addAll(CollectorFile.texts(from.node(), "topic"));
            from.carried("topic");
        } else {
            from.left("topic", "the topics of traces hold");
        }
        for (Section each : List.of(traces, from)) {
            each.left("exclude_topics", "leave these out of topic_pattern");
            each.left("exclude_topic", "leave these out of topic_pattern");
        }
        if (topics.stream().anyMatch(topic -> topic.startsWith("^"))) {
            String pattern =
                    String.join("|", topics.stream().map(SourceConversion::pattern).toList());
            into.put("topic_pattern", new Written.Text(pattern, true));
            notes.changed(
                    traces.node(), traces.path("topics"), "is now topic_pattern, for whole names");
        } else {
            into.put("topics", Written.texts(topics.isEmpty() ? List.of(TOPIC) : topics));
        }
    }

    /** For the whole name of a topic, where the Collector's is for a part of it. */
    private static String pattern(String topic) {
        if (!topic.startsWith("^")) {
            return Pattern.quote(topic);
        }
        String inside = topic.substring(1);
        return inside.endsWith("$") ? inside.substring(0, inside.length() - 1) : inside + ".*";
    }

    private void group(Section from, Written.Block into) {
        Written.Block found = new Written.Block();
        if (from.carry(
                "group_id",
                KafkaSettings.class,
                "group_id",
                found,
                node -> node,
                "the job goes on where this group is; for a run beside the Collector give it another")) {
            into.put(
                    "group_id",
                    found.lines().get(0).value(),
                    "The Collector's own group. Give a job that runs beside it another.");
        }
    }

    private void offsets(Section from) {
        if ("earliest".equals(from.text("initial_offset"))) {
            from.carried("initial_offset");
        } else {
            from.changed(
                    "initial_offset",
                    "where the group has no offsets the job begins at the earliest; with"
                            + " starting_offsets: latest it begins at the latest, offsets or not");
        }
    }
}
