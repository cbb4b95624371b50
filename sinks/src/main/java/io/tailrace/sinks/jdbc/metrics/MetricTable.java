package io.tailrace.sinks.jdbc.metrics;

import io.tailrace.operators.metrics.DurationTotals;
import io.tailrace.operators.metrics.ExplicitHistogram;
import io.tailrace.operators.metrics.ExponentialHistogram;
import io.tailrace.operators.metrics.MetricRow;
import io.tailrace.operators.metrics.Series;
import io.tailrace.operators.metrics.SeriesKind;
import io.tailrace.operators.metrics.SeriesTotals;
import io.tailrace.sinks.jdbc.PartitionedTable;
import io.tailrace.sinks.jdbc.RowValues;
import io.tailrace.sinks.message.JsonFormat;
import io.tailrace.sinks.metrics.Exemplars;
import io.tailrace.sinks.metrics.MetricRowFormat;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Rows of metrics of one kind. The last row of a key counts, whatever its revision: after a failure
 * revisions may be lower than before, what they come to is the same.
 */
public abstract sealed class MetricTable implements PartitionedTable<MetricRow, MetricKey>
        permits RedTable, EdgeTable {

    private static final long serialVersionUID = 1L;

    private static final JsonFormat<Series> DIMENSIONS = MetricRowFormat::writeDimensions;
    private static final List<String> KEY = List.of("time", "series_id");
    private static final List<String> HISTOGRAM =
            List.of("bucket_bounds", "bucket_scale", "bucket_offset", "zero_count", "buckets");

    private final SeriesKind kind;
    private final Duration keep;

    MetricTable(SeriesKind kind, Duration keep) {
        this.kind = kind;
        this.keep = keep;
    }

    /** Those between the application's and the exemplars. */
    abstract List<String> ownColumns();

    /** Binds {@link #ownColumns}. */
    abstract void bindOwn(Series series, SeriesTotals totals, RowValues values) throws SQLException;

    /** The columns of durations; bound by {@link #bindDurations}. */
    static List<String> durationColumns(String prefix) {
        List<String> columns =
                new ArrayList<>(List.of("sum_duration_us", "max_duration_us", "min_duration_us"));
        columns.addAll(HISTOGRAM);
        return columns.stream().map(column -> prefix + column).toList();
    }

    static void bindDurations(DurationTotals durations, RowValues values) throws SQLException {
        values.whole(durations.sumMicros())
                .whole(durations.maxMicros())
                .whole(durations.minMicros());
        if (durations.histogram() instanceof ExplicitHistogram explicit) {
            values.wholes(explicit.bounds())
                    .wholeOrNull(null)
                    .wholeOrNull(null)
                    .wholeOrNull(null)
                    .wholes(explicit.counts());
        } else if (durations.histogram() instanceof ExponentialHistogram exponential) {
            values.wholes(null)
                    .whole(exponential.scale())
                    .whole(exponential.offset())
                    .whole(exponential.zeros())
                    .wholes(exponential.counts());
        }
    }

    @Override
    public final List<String> columns() {
        return Stream.of(
                        KEY,
                        List.of("biz_id", "app_name", "dimensions"),
                        ownColumns(),
                        List.of("exemplars", "revision"))
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public final void bind(MetricRow row, RowValues values) throws SQLException {
        Series series = row.series();
        values.time(row.windowStart())
                .bits(series.id().high(), series.id().low())
                .whole(series.application().bizId())
                .indexedText(series.application().name())
                .json(text(DIMENSIONS.toBytes(series)));
        bindOwn(series, row.totals(), values);
        values.json(Exemplars.text(row.totals())).whole(row.revision());
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }

    @Override
    public final List<String> keyColumns() {
        return KEY;
    }

    @Override
    public final String onConflict() {
        return columns().stream()
                .filter(column -> !KEY.contains(column))
                .map(column -> column + " = excluded." + column)
                .collect(Collectors.joining(", ", "do update set ", ""));
    }

    @Override
    public final boolean takes(MetricRow row) {
        return row.series().kind() == kind;
    }

    @Override
    public final MetricKey key(MetricRow row) {
        return MetricKey.of(row);
    }

    @Override
    public final Optional<MetricRow> merge(MetricRow older, MetricRow newer) {
        return Optional.of(newer);
    }

    @Override
    public final JsonFormat<MetricRow> format() {
        return new MetricRowFormat();
    }

    @Override
    public final long time(MetricRow row) {
        return row.windowStart();
    }

    @Override
    public final Duration keep() {
        return keep;
    }
}
