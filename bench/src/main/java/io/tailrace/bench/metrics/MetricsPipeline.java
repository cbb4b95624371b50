package io.tailrace.bench.metrics;

import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import io.tailrace.bench.measure.CountingSink;
import io.tailrace.bench.measure.Run;
import io.tailrace.bench.measure.Run.Outcome;
import io.tailrace.bench.sampling.Policies;
import io.tailrace.bench.sampling.SamplingPipeline;
import io.tailrace.jobs.spec.SpecReader;
import io.tailrace.jobs.spec.SpecResult;
import io.tailrace.jobs.virtualmetrics.VirtualMetricsTopology;
import io.tailrace.operators.application.ApplicationSettings;
import io.tailrace.operators.input.SpanRequest;
import io.tailrace.operators.metrics.MetricRow;
import io.tailrace.operators.metrics.VirtualMetricsSettings;
import io.tailrace.operators.settings.Setting;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The pipeline of a mode, from the pool to counts. */
final class MetricsPipeline {

    /** All else is the job's own defaults. */
    private static final String SPEC =
            """
            virtual_metrics:
              service_graph: { enabled: %s, pairing_wait: %dms }
            """;

    private MetricsPipeline() {}

    private record Spec(
            @Setting("What is counted") VirtualMetricsSettings virtualMetrics,
            @Setting(value = "Whose spans", defaultsTo = "{}") ApplicationSettings application) {}

    static void define(
            StreamExecutionEnvironment env, MetricsMode mode, Run run, Duration pairingWait) {
        SingleOutputStreamOperator<SpanRequest> requests = SamplingPipeline.requests(env, run);
        switch (mode) {
            case PASS_THROUGH ->
                    SamplingPipeline.passThrough(
                            requests, Policies.keepFivePercent(pairingWait), run);
            case METRICS, METRICS_AND_EDGES ->
                    metrics(requests, SPEC.formatted(mode.pairs(), pairingWait.toMillis()), run);
        }
    }

    private static void metrics(
            SingleOutputStreamOperator<SpanRequest> requests, String text, Run run) {
        SpecResult<Spec> spec = SpecReader.read("bench", text, Spec.class, List.of(), Map.of());
        VirtualMetricsTopology.Outputs outputs =
                VirtualMetricsTopology.build(
                        requests,
                        spec.value().virtualMetrics(),
                        spec.value().application(),
                        Set.of());
        outputs.rows()
                .sinkTo(new CountingSink<>(run.key(), MetricsPipeline::count))
                .name("rows")
                .uid("rows");
        SamplingPipeline.countDeadLetters(outputs.deadLetters(), run);
    }

    private static void count(Run counts, MetricRow row) {
        long added = row.added().count();
        switch (row.series().kind()) {
            case SPANS -> {
                counts.count(Outcome.SPANS_IN_ROWS, row.windowStart(), added);
                if (row.revision() == 0) {
                    counts.count(Outcome.SERIES, row.windowStart(), 1);
                }
            }
            case EDGES -> counts.count(Outcome.CALLS_IN_ROWS, added);
            // The settings above ask for none.
            case EVENTS -> {}
        }
    }
}
