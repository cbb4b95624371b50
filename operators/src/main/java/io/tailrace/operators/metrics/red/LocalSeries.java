package io.tailrace.operators.metrics.red;

import io.tailrace.operators.metrics.Series;
import io.tailrace.operators.span.wire.KeyTable;
import io.tailrace.operators.span.wire.Utf8Builder;

/** A series that was seen here, and what it comes to in the windows that are not handed on yet. */
final class LocalSeries extends KeyTable.Entry {

    final Series series;

    /** Of the window that began to be counted last; null where there is none. */
    LocalTotals first;

    LocalSeries(Utf8Builder key, Series series) {
        super(key);
        this.series = series;
    }

    /** Null where there is none. */
    LocalTotals in(long windowStart) {
        LocalTotals totals = first;
        while (totals != null && totals.windowStart != windowStart) {
            totals = totals.next;
        }
        return totals;
    }

    void remove(LocalTotals totals) {
        if (first == totals) {
            first = totals.next;
            return;
        }
        LocalTotals before = first;
        while (before.next != totals) {
            before = before.next;
        }
        before.next = totals.next;
    }
}
