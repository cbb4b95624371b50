package io.tailrace.operators.metrics;

import io.tailrace.operators.serialization.ValueTypeInformation;

/**
 * What a series comes to in one window, or, once later spans came, what it really comes to.
 *
 * @param windowStart milliseconds since the epoch
 * @param revision 0 for the first row of a window, one more for each that corrects it
 * @param fired when, in event time, milliseconds since the epoch
 * @param totals of all spans of the window so far; nobody may change them
 * @param added of those that the row before did not have; of revision 0 the same as the totals
 */
public record MetricRow(
        Series series,
        long windowStart,
        int revision,
        long fired,
        SeriesTotals totals,
        SeriesTotals added) {

    public static final ValueTypeInformation<MetricRow> TYPE =
            new ValueTypeInformation<>(MetricRow.class, new MetricRowSerializer());
}
