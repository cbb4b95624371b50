package io.tailrace.sinks.jdbc.metrics;

import io.tailrace.operators.metrics.Series;
import io.tailrace.operators.metrics.SeriesKind;
import io.tailrace.operators.metrics.SeriesTotals;
import io.tailrace.sinks.jdbc.RowValues;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What spans come to. */
public final class RedTable extends MetricTable {

    private static final long serialVersionUID = 1L;

    public static final String NAME = "apm_metric_red";

    /**
     * @param keep how long rows are kept
     */
    public RedTable(Duration keep) {
        super(SeriesKind.SPANS, keep);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    List<String> ownColumns() {
        return Stream.of(
                        List.of("service_name", "count", "error_count"),
                        durationColumns(""),
                        List.of(
                                "satisfied_count",
                                "tolerating_count",
                                "frustrated_count",
                                "call_count",
                                "request_count"))
                .flatMap(List::stream)
                .toList();
    }

    @Override
    void bindOwn(Series series, SeriesTotals totals, RowValues values) throws SQLException {
        values.indexedText(series.service()).whole(totals.count()).whole(totals.errors());
        bindDurations(totals.durations(), values);
        values.whole(totals.satisfied())
                .whole(totals.tolerating())
                .whole(totals.frustrated())
                .whole(totals.calls())
                .whole(totals.requests());
    }
}
