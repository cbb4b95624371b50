package io.tailrace.operators.metrics.red;

import io.tailrace.operators.span.wire.Utf8Builder;

import java.util.Arrays;

/** Finds series by their keys' bytes: open addressing, at most two thirds full. */
final class LocalSeriesTable {

    private static final int LEAST = 1024;

    private LocalSeries[] places = new LocalSeries[LEAST];
    private int size;

    /** Null where it is not there. */
    LocalSeries find(Utf8Builder key, long hash) {
        int at = (int) hash & places.length - 1;
        for (LocalSeries there = places[at]; there != null; there = places[at]) {
            if (there.hash == hash && key.holds(there.key, 0, key.length())) {
                return there;
            }
            at = at + 1 & places.length - 1;
        }
        return null;
    }

    /** Adds one that is not there. */
    void add(LocalSeries series) {
        if (3 * (size + 1) > 2 * places.length) {
            LocalSeries[] former = places;
            places = new LocalSeries[2 * former.length];
            for (LocalSeries each : former) {
                if (each != null) {
                    place(each);
                }
            }
        }
        place(series);
        size++;
    }

    private void place(LocalSeries series) {
        int at = (int) series.hash & places.length - 1;
        while (places[at] != null) {
            at = at + 1 & places.length - 1;
        }
        places[at] = series;
    }

    void clear() {
        Arrays.fill(places, null);
        size = 0;
    }

    int size() {
        return size;
    }
}
