package io.tailrace.jobs.convert;

import io.tailrace.jobs.convert.CollectorFile.Pipeline;
import io.tailrace.jobs.convert.Conversion.Advice;
import io.tailrace.jobs.spec.Node;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What stays with Collectors, before Kafka and behind it. */
final class Surroundings {

    private static final String NOT_NEEDED = "is needed no more: ";

    private final CollectorFile file;
    private final Notes notes;
    private final String sampler;
    private final Set<String> behind = new LinkedHashSet<>();
    private final Set<String> exporters = new LinkedHashSet<>();

    /**
     * @param sampler the id of the processor that is carried over; null for none
     */
    Surroundings(CollectorFile file, Notes notes, String sampler) {
        this.file = file;
        this.notes = notes;
        this.sampler = sampler;
    }

    /** Of exporters that a Collector behind must keep, and of processors after the sampler. */
    void behind(List<String> others, List<Pipeline> sampled) {
        exporters.addAll(others);
        for (Pipeline pipeline : sampled) {
            List<String> processors = pipeline.processors();
            behind.addAll(processors.subList(processors.indexOf(sampler) + 1, processors.size()));
        }
    }

    /** Tells of processors, and of all that the spec has nothing of. */
    void tell(List<Pipeline> fed, Set<String> connectors) {
        Set<String> told = new LinkedHashSet<>();
        for (Pipeline pipeline : fed) {
            for (String id : pipeline.processors()) {
                if (!id.equals(sampler) && told.add(id)) {
                    notes.left(file.component("processors", id), "processors." + id, reason(id));
                }
            }
        }
        for (Pipeline pipeline : file.pipelines()) {
            boolean ofConnectors = pipeline.receivers().stream().anyMatch(connectors::contains);
            if (!fed.contains(pipeline) && !ofConnectors) {
                notes.left(
                        pipeline.node(),
                        "service.pipelines." + pipeline.id(),
                        "the job has no part in it; keep it in the Collectors");
            }
        }
        file.ids("exporters", "loadbalancing")
                .forEach(
                        id ->
                                notes.left(
                                        file.component("exporters", id),
                                        "exporters." + id,
                                        NOT_NEEDED + "the job brings a trace's spans together"));
        Node.Mapping service = CollectorFile.object(file.root(), "service");
        for (String key : List.of("extensions", "telemetry")) {
            if (service.entries().containsKey(key)) {
                notes.left(
                        service.entries().get(key).value(),
                        "service." + key,
                        "is about the Collector itself");
            }
        }
    }

    private String reason(String id) {
        return switch (CollectorFile.type(id)) {
            case "batch" -> NOT_NEEDED + "a message holds a trace, or with messages: batch several";
            case "memory_limiter" ->
                    NOT_NEEDED
                            + "open traces are bounded by resident_budget, and what cannot keep up holds its"
                            + " source back";
            case "groupbytrace" -> NOT_NEEDED + "the job brings a trace's spans together";
            default ->
                    behind.contains(id)
                            ? "keep it in a Collector behind, which reads the topic of sampled spans"
                            : "keep it in the Collectors that write to Kafka";
        };
    }

    /**
     * Configurations for the Collectors before Kafka and behind it.
     *
     * @param receivers that stay before it
     * @param source the block {@code source.kafka}
     * @param sinks the block {@code sinks}
     */
    List<Advice> advice(List<String> receivers, Written.Block source, Written.Block sinks) {
        List<Advice> advice = new ArrayList<>();
        String brokers = collectors(source.text("bootstrap_servers"));
        if (!receivers.isEmpty()) {
            String topic = first(source, "topics");
            advice.add(
                    new Advice(
                            "For the Collectors that receive spans",
                            """
                            exporters:
                              kafka:
                                brokers: ["%s"]
                                traces: { topic: %s, encoding: otlp_proto }
                            service:
                              pipelines:
                                traces:
                                  receivers: [%s]
                                  processors: [batch]
                                  exporters: [kafka]
                            """
                                    .formatted(brokers, topic, String.join(", ", receivers))));
        }
        if (!exporters.isEmpty()) {
            advice.add(
                    new Advice(
                            "For a Collector behind, that exports what was kept",
                            """
                            receivers:
                              kafka/sampled:
                                brokers: ["%s"]
                                traces: { topics: [%s], encoding: otlp_proto }
                            service:
                              pipelines:
                                traces/sampled:
                                  receivers: [kafka/sampled]
                                  processors: [%s]
                                  exporters: [%s]
                            """
                                    .formatted(
                                            brokers,
                                            topic(sinks),
                                            String.join(", ", behind),
                                            String.join(", ", exporters))));
        }
        return advice;
    }

    /** References as the Collector has them, each broker a text. */
    private static String collectors(String brokers) {
        return brokers.replace("${", "${env:").replace(",", "\", \"");
    }

    private static String first(Written.Block source, String key) {
        return source.lines().stream()
                .filter(line -> line.key().equals(key))
                .map(line -> ((Written.Items) line.value()).lines().get(0).value())
                .map(value -> ((Written.Text) value).text())
                .findFirst()
                .orElse(SourceConversion.TOPIC);
    }

    /** Of the first sink for spans. */
    private static String topic(Written.Block sinks) {
        Written.Items spans = (Written.Items) sinks.lines().get(0).value();
        Written.Block sink = (Written.Block) spans.lines().get(0).value();
        return ((Written.Block) sink.lines().get(0).value()).text("topic");
    }
}
