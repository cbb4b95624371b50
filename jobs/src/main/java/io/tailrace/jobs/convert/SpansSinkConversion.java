package io.tailrace.jobs.convert;

import io.tailrace.sinks.kafka.SpansKafkaSinkSettings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes {@code sinks.spans} of the exporters of the pipelines that sample. */
final class SpansSinkConversion {

    static final String TOPIC = "otlp_spans_sampled";

    private final CollectorFile file;
    private final Notes notes;
    private final KafkaSinkConversion sinks;
    private final Map<String, String> environment;
    private final List<String> others = new ArrayList<>();

    SpansSinkConversion(
            CollectorFile file, Notes notes, Variables variables, Map<String, String> environment) {
        this.file = file;
        this.notes = notes;
        this.sinks = new KafkaSinkConversion(notes, variables);
        this.environment = environment;
    }

    /**
     * The sinks.
     *
     * @param exporters of the pipelines that sample
     * @param source the block {@code source.kafka}
     */
    Written.Items convert(Set<String> exporters, Written.Block source) {
        Written.Items made = new Written.Items();
        for (String id : exporters) {
            if (CollectorFile.type(id).equals("kafka")) {
                Section from = file.section("exporters", id, notes, environment);
                made.add(new Written.Block().put("kafka", kafka(from, source)));
            } else if (!file.has("connectors", id)
                    && !CollectorFile.type(id).equals("loadbalancing")) {
                others.add(id);
                notes.left(
                        file.component("exporters", id),
                        "exporters." + id,
                        "keep it in a Collector behind, which reads the topic of sampled spans");
            }
        }
        if (!made.hasValues()) {
            made.add(new Written.Block().put("kafka", new Written.Block().put("topic", TOPIC)));
        }
        return made;
    }

    /** The exporters that a Collector behind must keep. */
    List<String> others() {
        return others;
    }

    private Written.Block kafka(Section from, Written.Block source) {
        Written.Block into =
                sinks.convert(
                        from,
                        "traces",
                        topic -> topicBeside(topic, from, source),
                        SpansKafkaSinkSettings.class);
        String brokers = source.text("bootstrap_servers");
        into.lines()
                .removeIf(
                        line ->
                                line.key().equals("bootstrap_servers")
                                        && into.text(line.key()).equals(brokers));
        return into;
    }

    /** Another topic than those that are read. */
    private String topicBeside(String given, Section from, Written.Block source) {
        String topic = given == null ? SourceConversion.TOPIC : given;
        boolean read =
                source.lines().stream()
                        .filter(line -> line.value() instanceof Written.Items)
                        .flatMap(line -> ((Written.Items) line.value()).lines().stream())
                        .anyMatch(line -> ((Written.Text) line.value()).text().equals(topic));
        if (read && given == null) {
            notes.changed(
                    from.node(),
                    from.path("topic"),
                    "is now %s, for the job reads %s".formatted(TOPIC, topic));
        }
        return read ? TOPIC : topic;
    }
}
