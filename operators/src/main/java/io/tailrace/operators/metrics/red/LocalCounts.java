package io.tailrace.operators.metrics.red;

import io.tailrace.operators.metrics.Dimension;
import io.tailrace.operators.metrics.HistogramSettings;
import io.tailrace.operators.metrics.MetricPart;
import io.tailrace.operators.metrics.Series;
import io.tailrace.operators.span.wire.KeyTable;
import io.tailrace.operators.span.wire.Utf8Builder;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What spans come to by window and series until it is handed on, within a budget of memory. Series
 * stay known beyond that, so that they are made once. When the budget is used up, all is handed on
 * and forgotten.
 */
final class LocalCounts {

    /** About what objects take: a series and its totals, a dimension with its text, a bucket. */
    private static final int SERIES_BYTES = 256;

    private static final int TOTALS_BYTES = 384;
    private static final int DIMENSION_BYTES = 80;
    private static final int BUCKET_BYTES = 8;

    private final long budget;
    private final HistogramSettings histogram;
    private final int bytesOfTotals;
    private final Consumer<MetricPart> out;
    private final KeyTable<LocalSeries> known = new KeyTable<>();
    private final List<LocalTotals> pending = new ArrayList<>();
    private long bytesOfSeries;
    private long leastWindow = Long.MAX_VALUE;
    private long timesFull;

    /** Makes a series from its key. */
    @FunctionalInterface
    interface SeriesMaker {
        Series make(Utf8Builder key);
    }

    /**
     * @param budget in bytes
     * @param out gets what is handed on
     */
    LocalCounts(long budget, HistogramSettings histogram, Consumer<MetricPart> out) {
        this.budget = budget;
        this.histogram = histogram;
        this.bytesOfTotals = TOTALS_BYTES + histogram.mostBuckets() * BUCKET_BYTES;
        this.out = out;
    }

    /** Where spans of a series and window are counted, until something else is asked for. */
    LocalTotals totals(Utf8Builder key, long windowStart, SeriesMaker maker) {
        LocalSeries series = known.find(key);
        LocalTotals totals = series == null ? null : series.in(windowStart);
        return totals == null ? begin(series, key, windowStart, maker) : totals;
    }

    private LocalTotals begin(
            LocalSeries there, Utf8Builder key, long windowStart, SeriesMaker maker) {
        LocalSeries series = there;
        if (bytes() + bytesOfTotals > budget) {
            handOnAll();
            known.clear();
            bytesOfSeries = 0;
            timesFull++;
            series = null;
        }
        if (series == null) {
            series = new LocalSeries(key, maker.make(key));
            known.add(series);
            bytesOfSeries += bytes(series);
        }
        LocalTotals totals = new LocalTotals(series, windowStart, histogram.make(), series.first);
        series.first = totals;
        pending.add(totals);
        leastWindow = Math.min(leastWindow, windowStart);
        return totals;
    }

    private static long bytes(LocalSeries series) {
        long bytes = (long) SERIES_BYTES + series.keyLength();
        for (Dimension dimension : series.series.dimensions()) {
            bytes += DIMENSION_BYTES + dimension.value().length();
        }
        return bytes;
    }

    /** About how many bytes of memory all this takes. */
    long bytes() {
        return bytesOfSeries + (long) pending.size() * bytesOfTotals;
    }

    /** Hands on the windows that begin then or before. */
    void handOn(long latestWindow) {
        if (leastWindow > latestWindow) {
            return;
        }
        leastWindow = Long.MAX_VALUE;
        int kept = 0;
        for (int i = 0; i < pending.size(); i++) {
            LocalTotals totals = pending.get(i);
            if (totals.windowStart <= latestWindow) {
                totals.series.remove(totals);
                out.accept(totals.part());
            } else {
                pending.set(kept++, totals);
                leastWindow = Math.min(leastWindow, totals.windowStart);
            }
        }
        pending.subList(kept, pending.size()).clear();
    }

    void handOnAll() {
        handOn(Long.MAX_VALUE);
    }

    /** Windows of series that are not handed on yet. */
    int pending() {
        return pending.size();
    }

    /** Series that are known. */
    int series() {
        return known.size();
    }

    /** How often the budget was used up. */
    long timesFull() {
        return timesFull;
    }
}
