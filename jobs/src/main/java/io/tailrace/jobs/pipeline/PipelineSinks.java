package io.tailrace.jobs.pipeline;

import io.tailrace.jobs.JobPart;
import io.tailrace.jobs.JobSinks;
import io.tailrace.jobs.sink.DecisionsSink;
import io.tailrace.jobs.sink.InventorySink;
import io.tailrace.jobs.sink.InventorySinks;
import io.tailrace.jobs.sink.MetricsSink;
import io.tailrace.jobs.sink.RecordsSink;
import io.tailrace.jobs.sink.SpansSink;
import io.tailrace.jobs.tailsampling.TailSamplingSinks;
import io.tailrace.jobs.virtualmetrics.VirtualMetricsSinks;
import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.Setting;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The sinks of a pipeline; at least one of each part, and none of a part that is not there. */
public record PipelineSinks(
        @Setting(value = "Where the spans of kept traces go", optional = true)
                List<SpansSink> spans,
        @Setting(value = "Where the record of each decision goes", optional = true)
                List<DecisionsSink> decisions,
        @Setting(value = "Where metrics go", optional = true) List<MetricsSink> metrics,
        @Setting(value = "Where the inventory goes", optional = true) List<InventorySink> inventory,
        @Setting(
                        value =
                                "Where records and spans that cannot be used go; without one they are"
                                        + " counted, and the first of each reason is logged",
                        optional = true)
                List<RecordsSink> deadLetters)
        implements JobSinks, Checked {

    /** With those of dead letters, of which there are no others. */
    private TailSamplingSinks ofSampling() {
        return new TailSamplingSinks(spans, decisions, deadLetters);
    }

    private VirtualMetricsSinks ofMetrics() {
        return new VirtualMetricsSinks(metrics, List.of());
    }

    @Override
    public List<Tables> tables() {
        return Stream.of(
                        ofSampling().tables(),
                        ofMetrics().tables(),
                        new InventorySinks(inventory).tables())
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public List<Topic> topics() {
        return Stream.of(
                        ofSampling().topics(),
                        ofMetrics().topics(),
                        new InventorySinks(inventory).topics())
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public void check(Problems problems) {
        ofSampling().checkPlaces(problems);
        ofMetrics().check(problems);
        new InventorySinks(inventory).check(problems);
    }

    /** Whether these are the sinks of a pipeline of these parts. */
    void check(Set<JobPart> parts, Checked.Problems problems) {
        boolean sampled = parts.contains(JobPart.TAIL_SAMPLING);
        boolean found = parts.contains(JobPart.DISCOVERY);
        boolean counted = parts.contains(JobPart.VIRTUAL_METRICS);
        if (sampled && spans.isEmpty() && decisions.isEmpty()) {
            problems.expected("sinks", "at least one sink of spans or decisions for tail_sampling");
        }
        if (!sampled && !spans.isEmpty()) {
            problems.expected("sinks.spans", "no sink of spans without tail_sampling");
        }
        if (!sampled && !decisions.isEmpty()) {
            problems.expected("sinks.decisions", "no sink of decisions without tail_sampling");
        }
        if (counted && metrics.isEmpty()) {
            problems.expected("sinks", "at least one sink of metrics for virtual_metrics");
        }
        if (!counted && !metrics.isEmpty()) {
            problems.expected("sinks.metrics", "no sink of metrics without virtual_metrics");
        }
        if (found && inventory.isEmpty()) {
            problems.expected("sinks", "at least one sink of the inventory for discovery");
        }
        if (!found && !inventory.isEmpty()) {
            problems.expected("sinks.inventory", "no sink of the inventory without discovery");
        }
    }
}
