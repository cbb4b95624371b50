package io.tailrace.sinks.jdbc.metrics;

import io.tailrace.operators.metrics.Series;
import io.tailrace.operators.metrics.SeriesKind;
import io.tailrace.operators.metrics.SeriesTotals;
import io.tailrace.sinks.jdbc.RowValues;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What calls from one service to another come to. */
public final class EdgeTable extends MetricTable {

    private static final long serialVersionUID = 1L;

    public static final String NAME = "apm_metric_edge";

    /**
     * @param keep how long rows are kept
     */
    public EdgeTable(Duration keep) {
        super(SeriesKind.EDGES, keep);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    List<String> ownColumns() {
        return Stream.of(
                        List.of("client", "server", "count", "error_count", "server_count"),
                        durationColumns(""),
                        List.of("client_count"),
                        durationColumns("client_"))
                .flatMap(List::stream)
                .toList();
    }

    @Override
    void bindOwn(Series series, SeriesTotals totals, RowValues values) throws SQLException {
        values.indexedText(series.value("client"))
                .indexedText(series.value("server"))
                .whole(totals.count())
                .whole(totals.errors())
                .whole(totals.durations().count());
        bindDurations(totals.durations(), values);
        values.whole(totals.clientDurations().count());
        bindDurations(totals.clientDurations(), values);
    }
}
