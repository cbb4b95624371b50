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
import io.tailrace.operators.application.ApplicationSettings;
import io.tailrace.operators.input.SpanRequest;
import io.tailrace.operators.metrics.MetricPart;
import io.tailrace.operators.metrics.MetricRow;
import io.tailrace.operators.metrics.SeriesId;
import io.tailrace.operators.metrics.VirtualMetricsSettings;
import io.tailrace.operators.metrics.limit.SeriesLimiter;
import io.tailrace.operators.metrics.limit.SeriesLimits;
import io.tailrace.operators.metrics.limit.ServiceKey;
import io.tailrace.operators.metrics.red.LocalRed;
import io.tailrace.operators.metrics.window.SeriesWindows;
import io.tailrace.operators.metrics.window.WindowTimes;
import io.tailrace.operators.settings.Setting;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The pipeline of a mode, from the pool to counts. */
final class MetricsPipeline {

    private MetricsPipeline() {}

    private record Spec(
            @Setting(value = "What is counted", defaultsTo = "{}")
                    VirtualMetricsSettings virtualMetrics,
            @Setting(value = "Whose spans", defaultsTo = "{}") ApplicationSettings application) {}

    static void define(StreamExecutionEnvironment env, MetricsMode mode, Run run) {
        SingleOutputStreamOperator<SpanRequest> requests = SamplingPipeline.requests(env, run);
        switch (mode) {
            case PASS_THROUGH ->
                    SamplingPipeline.passThrough(
                            requests, Policies.keepFivePercent(Duration.ofSeconds(10)), run);
            case METRICS -> metrics(requests, run);
        }
    }

    private static void metrics(SingleOutputStreamOperator<SpanRequest> requests, Run run) {
        SpecResult<Spec> spec = SpecReader.read("bench", "{}", Spec.class, List.of(), Map.of());
        VirtualMetricsSettings settings = spec.value().virtualMetrics();
        SingleOutputStreamOperator<MetricPart> parts =
                requests.transform(
                                "red",
                                MetricPart.TYPE,
                                new LocalRed(settings, spec.value().application()))
                        .uid("red");
        WindowTimes times =
                new WindowTimes(
                        settings.window().toMillis(),
                        settings.windowWait().toMillis(),
                        settings.allowedLateness().toMillis());
        SeriesLimits limits =
                new SeriesLimits(
                        settings.limits().maxSeries(),
                        settings.limits().maxValues(),
                        settings.seriesExpiration(),
                        "service_name");
        parts.keyBy(ServiceKey::of, ServiceKey.TYPE)
                .process(new SeriesLimiter(limits))
                .returns(MetricPart.TYPE)
                .name("limits")
                .uid("limits")
                .keyBy(part -> part.series().id(), SeriesId.TYPE)
                .process(new SeriesWindows(times, times))
                .returns(MetricRow.TYPE)
                .name("windows")
                .uid("windows")
                .sinkTo(new CountingSink<>(run.key(), MetricsPipeline::count))
                .name("rows")
                .uid("rows");
        SamplingPipeline.countDeadLetters(parts.getSideOutput(LocalRed.DEAD_LETTERS), run);
    }

    private static void count(Run counts, MetricRow row) {
        counts.count(Outcome.SPANS_IN_ROWS, row.windowStart(), row.added().count());
        if (row.revision() == 0) {
            counts.count(Outcome.SERIES, row.windowStart(), 1);
        }
    }
}
