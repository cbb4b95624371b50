package io.tailrace.jobs.virtualmetrics;

import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import io.tailrace.jobs.sink.MetricsSink;
import io.tailrace.jobs.sink.MetricsSinks;
import io.tailrace.jobs.sink.StreamSinks;
import io.tailrace.jobs.source.RequestSource;
import io.tailrace.operators.input.DeadLetter;
import io.tailrace.operators.metrics.VirtualMetricsSettings;
import io.tailrace.operators.metrics.sample.Temporality;
import io.tailrace.sinks.metrics.MetricNaming;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Wires the topology of virtual metrics to the source and sinks of a spec. */
public final class VirtualMetricsJob {

    private VirtualMetricsJob() {}

    public static void define(StreamExecutionEnvironment env, VirtualMetricsSpec spec) {
        VirtualMetricsTopology.Outputs outputs =
                VirtualMetricsTopology.build(
                        RequestSource.requests(env, spec.source()),
                        spec.virtualMetrics(),
                        spec.application(),
                        temporalities(spec.sinks().metrics()));
        StreamSinks sinks = new StreamSinks(spec.name(), spec.source().brokersForSinks());
        sinks.writeDeadLetters(
                outputs.deadLetters(),
                write(outputs, sinks, spec.virtualMetrics(), spec.sinks().metrics()),
                spec.sinks().deadLetters());
    }

    /** Writes rows and samples; gives the dead letters of rows that are refused. */
    public static List<DataStream<DeadLetter>> write(
            VirtualMetricsTopology.Outputs outputs,
            StreamSinks sinks,
            VirtualMetricsSettings settings,
            List<MetricsSink> metrics) {
        MetricNaming naming =
                switch (settings.naming()) {
                    case BK -> MetricNaming.BK;
                    case OTEL -> MetricNaming.OTEL;
                };
        return new MetricsSinks(sinks, naming).write(outputs.rows(), outputs.samples(), metrics);
    }

    /** Of the samples that sinks need. */
    public static Set<Temporality> temporalities(List<MetricsSink> metrics) {
        Set<Temporality> all = EnumSet.noneOf(Temporality.class);
        metrics.stream().map(MetricsSink::samples).filter(Objects::nonNull).forEach(all::add);
        return all;
    }
}
