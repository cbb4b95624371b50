package io.tailrace.jobs.convert;

import io.tailrace.jobs.convert.CollectorFile.Pipeline;
import io.tailrace.jobs.spec.Node;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes a spec of a Collector's configuration. */
final class CollectorConversion {

    private final CollectorFile file;
    private final Notes notes = new Notes();
    private final Variables variables;
    private final Map<String, String> environment;
    private final String sampler;
    private final String spans;
    private final String graph;

    private CollectorConversion(
            CollectorFile file,
            Variables variables,
            Set<String> asked,
            Map<String, String> environment)
            throws WrongConfiguration {
        this.file = file;
        this.variables = variables;
        this.environment = environment;
        Choice choice = new Choice(file, asked, notes);
        this.sampler = choice.processor("tail_sampling");
        this.spans = choice.connector("spanmetrics");
        this.graph = choice.connector("servicegraph");
    }

    /**
     * Makes a spec.
     *
     * @param root the configuration as it is written
     * @param name the job's
     * @param asked the ids of processors and connectors that are to be taken, where there are
     *     several
     * @param environment what references stand for, where that is known
     * @throws WrongConfiguration where there is nothing to make a spec of, or too much
     */
    static Conversion of(Node root, String name, Set<String> asked, Map<String, String> environment)
            throws WrongConfiguration {
        Variables variables = new Variables();
        CollectorFile file = new CollectorFile(new CollectorReferences(variables).in(root, ""));
        for (String id : asked) {
            if (!file.has("processors", id) && !file.has("connectors", id)) {
                throw new WrongConfiguration(
                        file.root(), "", "has no processor or connector " + id);
            }
        }
        return new CollectorConversion(file, variables, asked, environment).convert(name);
    }

    private Conversion convert(String name) throws WrongConfiguration {
        boolean metrics = spans != null || graph != null;
        if (sampler == null && !metrics) {
            throw new WrongConfiguration(
                    file.root(),
                    "",
                    "has nothing that Tailrace does: no processor tail_sampling, no connector"
                            + " spanmetrics or servicegraph");
        }
        Set<String> connectors = new LinkedHashSet<>();
        if (spans != null) {
            connectors.add(spans);
        }
        if (graph != null) {
            connectors.add(graph);
        }
        List<Pipeline> sampled =
                file.pipelines("traces").stream()
                        .filter(each -> sampler != null && each.processors().contains(sampler))
                        .toList();
        List<Pipeline> fed =
                file.pipelines("traces").stream()
                        .filter(
                                each ->
                                        sampled.contains(each)
                                                || each.exporters().stream()
                                                        .anyMatch(connectors::contains))
                        .toList();
        KafkaClient client = new KafkaClient(notes, variables);
        SourceConversion sources = new SourceConversion(file, notes, client, environment);
        Written.Block kafka = sources.convert(file.receiversOf(fed));
        Written.Block sinks = new Written.Block();
        Written.Block spec =
                new Written.Block()
                        .put("kind", kind(metrics))
                        .put("name", name)
                        .put("source", new Written.Block().put("kafka", kafka));
        Surroundings surroundings = new Surroundings(file, notes, sampler);
        if (sampler != null) {
            Section from = file.section("processors", sampler, notes, environment);
            spec.put("tail_sampling", new SamplingConversion(notes, environment).convert(from));
            SpansSinkConversion made = new SpansSinkConversion(file, notes, variables, environment);
            sinks.put("spans", made.convert(exporters(sampled), kafka));
            surroundings.behind(made.others(), sampled);
        }
        if (metrics) {
            metrics(spec, sinks, connectors, sampled);
        }
        sinks.put(
                "dead_letters",
                new Written.Items()
                        .add(
                                new Written.Block()
                                        .put("kafka", sink("tailrace_dead_letters", kafka))),
                "What cannot be read, with the reason.");
        spec.put("sinks", sinks);
        surroundings.tell(fed, connectors);
        return Conversion.of(
                spec, notes, variables, surroundings.advice(sources.others(), kafka, sinks));
    }

    private String kind(boolean metrics) {
        if (sampler == null) {
            return "virtual-metrics";
        }
        return metrics ? "pipeline" : "tail-sampling";
    }

    private static Set<String> exporters(List<Pipeline> pipelines) {
        Set<String> exporters = new LinkedHashSet<>();
        pipelines.forEach(each -> exporters.addAll(each.exporters()));
        return exporters;
    }

    private void metrics(
            Written.Block spec,
            Written.Block sinks,
            Set<String> connectors,
            List<Pipeline> sampled) {
        Section calls =
                graph == null ? null : file.section("connectors", graph, notes, environment);
        Section counts =
                spans == null ? null : file.section("connectors", spans, notes, environment);
        Written.Items metricsSinks =
                new MetricsSinkConversion(file, notes, variables, environment)
                        .convert(connectors, counts);
        spec.put("virtual_metrics", new MetricsConversion(notes).convert(counts, calls));
        sinks.put("metrics", metricsSinks);
        if (counts != null) {
            counts.rest("the connector spanmetrics");
        }
        if (calls != null) {
            calls.rest("the connector servicegraph");
        }
        for (String id : connectors) {
            if (sampled.stream().anyMatch(each -> each.exporters().contains(id))) {
                notes.changed(
                        file.component("connectors", id),
                        "connectors." + id,
                        "counts the spans that were kept; here all spans are counted");
            }
        }
    }

    /** A sink that connects as the source does, for by itself it takes over the brokers alone. */
    static Written.Block sink(String topic, Written.Block source) {
        Written.Block into = new Written.Block().put("topic", topic);
        List<Written.Line> lines = new ArrayList<>();
        for (Written.Line line : source.lines()) {
            if (line.key().equals("properties")) {
                ((Written.Block) line.value())
                        .lines().stream()
                                .filter(each -> each.key().matches("(security|sasl|ssl)\\..*"))
                                .forEach(lines::add);
            }
        }
        return lines.isEmpty() ? into : into.put("properties", new Written.Block(lines));
    }
}
