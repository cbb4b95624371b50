package io.tailrace.jobs.virtualmetrics;

import io.tailrace.jobs.JobSinks;
import io.tailrace.jobs.sink.DistinctPlaces;
import io.tailrace.jobs.sink.MetricsSink;
import io.tailrace.jobs.sink.RecordsSink;
import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.Setting;
import io.tailrace.sinks.jdbc.metrics.EdgeTable;
import io.tailrace.sinks.jdbc.metrics.RedTable;
import io.tailrace.sinks.jdbc.schema.Usage;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The sinks of a job that makes metrics; at least one of metrics. */
public record VirtualMetricsSinks(
        @Setting(value = "Where metrics go", least = 1) List<MetricsSink> metrics,
        @Setting(
                        value =
                                "Where records and spans that cannot be used go; without one they are"
                                        + " counted, and the first of each reason is logged",
                        optional = true)
                List<RecordsSink> deadLetters)
        implements JobSinks, Checked {

    @Override
    public List<Tables> tables() {
        return metrics.stream()
                .map(MetricsSink::database)
                .filter(Objects::nonNull)
                .map(
                        database ->
                                new Tables(
                                        database,
                                        Map.of(
                                                RedTable.NAME, Usage.PARTITIONS,
                                                EdgeTable.NAME, Usage.PARTITIONS)))
                .toList();
    }

    @Override
    public List<Topic> topics() {
        return Stream.concat(
                        metrics.stream()
                                .map(MetricsSink::kafka)
                                .filter(Objects::nonNull)
                                .map(
                                        kafka ->
                                                new Topic(
                                                        kafka.common(),
                                                        kafka.maxMessageBytes().bytes())),
                        deadLetters.stream()
                                .map(RecordsSink::kafka)
                                .filter(Objects::nonNull)
                                .map(kafka -> new Topic(kafka, 0)))
                .toList();
    }

    @Override
    public void check(Problems problems) {
        // A sink drops days by its own retention.
        new DistinctPlaces("metrics", problems)
                .check(metrics.stream().map(MetricsSink::database).toList());
    }
}
