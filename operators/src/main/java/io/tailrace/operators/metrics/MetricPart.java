package io.tailrace.operators.metrics;

import io.tailrace.operators.serialization.ValueTypeInformation;

/**
 * A part of what a series comes to in one window: what one subtask has seen since it last handed
 * some on.
 *
 * @param windowStart milliseconds since the epoch
 * @param arrival the latest arrival of its spans, milliseconds since the epoch
 * @param totals nobody may change them
 */
public record MetricPart(Series series, long windowStart, long arrival, SeriesTotals totals) {

    public static final ValueTypeInformation<MetricPart> TYPE =
            new ValueTypeInformation<>(MetricPart.class, new MetricPartSerializer());

    /** The same, but durations by buckets like these. */
    public MetricPart inShape(Histogram shape) {
        return new MetricPart(series, windowStart, arrival, totals.inShape(shape));
    }
}
