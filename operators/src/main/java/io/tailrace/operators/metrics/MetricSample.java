package io.tailrace.operators.metrics;

import io.tailrace.operators.serialization.ValueTypeInformation;

/**
 * What a series has come to from a start on: one point of it, for those who want metrics as
 * OpenTelemetry and Prometheus have them. Of one series they come in the order of time.
 *
 * @param start since when, milliseconds since the epoch: of cumulative samples, always the same as
 *     long as the series lives; of others, the time of the one before
 * @param time until when, in event time, milliseconds since the epoch
 * @param totals nobody may change them
 */
public record MetricSample(Series series, long start, long time, SeriesTotals totals) {

    public static final ValueTypeInformation<MetricSample> TYPE =
            new ValueTypeInformation<>(MetricSample.class, new MetricSampleSerializer());
}
