package io.tailrace.jobs.convert;

import io.tailrace.jobs.spec.Node;
import io.tailrace.sinks.metrics.MetricsKafkaSinkSettings;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Makes {@code sinks.metrics} of the exporters behind the connectors that make metrics. */
final class MetricsSinkConversion {

    private final CollectorFile file;
    private final Notes notes;
    private final Variables variables;
    private final Map<String, String> environment;

    MetricsSinkConversion(
            CollectorFile file, Notes notes, Variables variables, Map<String, String> environment) {
        this.file = file;
        this.notes = notes;
        this.variables = variables;
        this.environment = environment;
    }

    /**
     * The sinks.
     *
     * @param connectors the ids of those that are carried over
     * @param spans the connector spanmetrics; null for none
     */
    Written.Items convert(Set<String> connectors, Section spans) {
        Set<String> exporters = new LinkedHashSet<>();
        file.pipelines("metrics").stream()
                .filter(each -> each.receivers().stream().anyMatch(connectors::contains))
                .forEach(each -> exporters.addAll(each.exporters()));
        RemoteWriteConversion remote =
                new RemoteWriteConversion(file, notes, variables, environment);
        Written.Items sinks = new Written.Items();
        boolean deltas =
                spans != null
                        && spans.look("aggregation_temporality") instanceof Node.Scalar scalar
                        && scalar.text().contains("DELTA");
        for (String id : exporters) {
            Section from = file.section("exporters", id, notes, environment);
            switch (CollectorFile.type(id)) {
                case "prometheusremotewrite" ->
                        sinks.add(
                                new Written.Block()
                                        .put(
                                                "prometheus_remote_write",
                                                remote.convert(from, spans)));
                case "kafka" -> sinks.add(new Written.Block().put("kafka", kafka(from, deltas)));
                default ->
                        notes.left(
                                file.component("exporters", id),
                                "exporters." + id,
                                "metrics go to PostgreSQL, Kafka (as OTLP, for a Collector that has"
                                        + " this exporter), files or Prometheus by remote write");
            }
        }
        if (!sinks.hasValues()) {
            Written.Block sink = new Written.Block().put("url", RemoteWriteConversion.URL);
            sinks.add(new Written.Block().put("prometheus_remote_write", sink));
        }
        temporality(spans, deltas, sinks);
        return sinks;
    }

    private void temporality(Section spans, boolean deltas, Written.Items sinks) {
        if (spans == null) {
            return;
        }
        boolean kafka =
                sinks.lines().stream()
                        .map(line -> (Written.Block) line.value())
                        .anyMatch(sink -> sink.lines().get(0).key().equals("kafka"));
        if (deltas && !kafka) {
            spans.left("aggregation_temporality", "Prometheus takes cumulative samples alone");
        } else if (deltas) {
            spans.changed("aggregation_temporality", "is now temporality of the sink kafka");
        } else {
            spans.carried("aggregation_temporality");
        }
        Section exemplars = spans.below("exemplars");
        exemplars.changed("enabled", "is now send_exemplars of the sink prometheus_remote_write");
        exemplars.left("max_per_data_point", "a row has the slowest span and the slowest error");
        exemplars.rest("exemplars");
    }

    private Written.Block kafka(Section from, boolean deltas) {
        KafkaSinkConversion sink = new KafkaSinkConversion(notes, variables);
        Written.Block into =
                sink.convert(
                        from,
                        "metrics",
                        topic -> topic == null ? "otlp_metrics" : topic,
                        MetricsKafkaSinkSettings.class);
        into.lines().removeIf(line -> line.key().equals("encoding"));
        into.put("encoding", "otlp_proto");
        return deltas ? into.put("temporality", "delta") : into;
    }
}
