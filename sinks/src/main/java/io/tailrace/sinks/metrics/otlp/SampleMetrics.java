package io.tailrace.sinks.metrics.otlp;

import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.tailrace.operators.metrics.ExplicitHistogram;
import io.tailrace.operators.metrics.ExponentialHistogram;
import io.tailrace.operators.metrics.MetricSample;
import io.tailrace.operators.metrics.sample.Temporality;
import io.tailrace.sinks.metrics.Measure;
import io.tailrace.sinks.metrics.MetricNaming;

import java.util.ArrayList;
import java.util.List;

/** Makes a sample's metrics, each with the one data point. */
final class SampleMetrics {

    private final MetricNaming naming;
    private final AggregationTemporality temporality;

    SampleMetrics(MetricNaming naming, Temporality temporality) {
        this.naming = naming;
        this.temporality =
                switch (temporality) {
                    case CUMULATIVE -> AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;
                    case DELTA -> AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA;
                };
    }

    List<Metric> of(MetricSample sample) {
        DataPoints points = new DataPoints(sample);
        List<Metric> metrics = new ArrayList<>();
        for (Measure measure : naming.measures(sample)) {
            Metric.Builder metric = Metric.newBuilder().setName(measure.name());
            if (measure instanceof Measure.Total total) {
                metric.getSumBuilder()
                        .setIsMonotonic(true)
                        .setAggregationTemporality(temporality)
                        .addDataPoints(points.whole(total.value()));
            } else if (measure instanceof Measure.Gauge gauge) {
                metric.setUnit(gauge.unit());
                metric.getGaugeBuilder().addDataPoints(points.real(gauge.value()));
            } else if (measure instanceof Measure.Durations durations) {
                metric.setUnit(durations.unit().symbol());
                addHistogram(durations, points, metric);
            }
            metrics.add(metric.build());
        }
        return metrics;
    }

    private void addHistogram(Measure.Durations measure, DataPoints points, Metric.Builder metric) {
        if (measure.durations().histogram() instanceof ExplicitHistogram explicit) {
            metric.getHistogramBuilder()
                    .setAggregationTemporality(temporality)
                    .addDataPoints(points.explicit(measure, explicit));
        } else if (measure.durations().histogram() instanceof ExponentialHistogram exponential) {
            metric.getExponentialHistogramBuilder()
                    .setAggregationTemporality(temporality)
                    .addDataPoints(points.exponential(measure, exponential));
        }
    }
}
