package io.tailrace.operators.metrics.sample;

import io.tailrace.operators.metrics.MetricRow;
import io.tailrace.operators.metrics.MetricSample;
import io.tailrace.operators.metrics.Series;
import io.tailrace.operators.metrics.SeriesTotals;
import io.tailrace.operators.serialization.ValueTypeInformation;

/**
 * What is remembered of a series between two samples. All times are milliseconds since the epoch.
 *
 * @param series as its first row had it, so that it keeps its service as long as it lives
 * @param start since when the next sample counts
 * @param sampled the time of the last one; {@link Long#MIN_VALUE} before the first
 * @param lastRow when the latest row was fired
 * @param check when to see whether it has expired: a timer is set for it
 * @param totals since the start; null where there are none
 * @param unsampled whether some of them are in no sample yet
 */
public record SampledSeries(
        Series series,
        long start,
        long sampled,
        long lastRow,
        long check,
        SeriesTotals totals,
        boolean unsampled) {

    public static final ValueTypeInformation<SampledSeries> TYPE =
            new ValueTypeInformation<>(SampledSeries.class, new SampledSeriesSerializer());

    static SampledSeries of(MetricRow row, long check) {
        return new SampledSeries(
                row.series(),
                row.windowStart(),
                Long.MIN_VALUE,
                row.fired(),
                check,
                row.added(),
                true);
    }

    SampledSeries with(MetricRow row) {
        SeriesTotals more = row.added();
        if (totals != null) {
            more = totals.copy();
            more.merge(row.added());
        }
        return new SampledSeries(
                series, start, sampled, Math.max(lastRow, row.fired()), check, more, true);
    }

    SampledSeries checkedAt(long then) {
        return new SampledSeries(series, start, sampled, lastRow, then, totals, unsampled);
    }

    /** With no totals, and since the last sample. */
    SampledSeries begunAnew() {
        return new SampledSeries(series, sampled, sampled, lastRow, check, null, false);
    }

    MetricSample sample(long time) {
        return new MetricSample(series, start, time, totals);
    }

    /** Once there is a sample of it. */
    SampledSeries sampled(long time, Temporality temporality) {
        return switch (temporality) {
            case CUMULATIVE ->
                    new SampledSeries(series, start, time, lastRow, check, totals, false);
            case DELTA -> new SampledSeries(series, time, time, lastRow, check, null, false);
        };
    }
}
