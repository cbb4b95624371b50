package io.tailrace.operators.metrics.local;

import io.tailrace.operators.metrics.MetricPart;
import io.tailrace.operators.metrics.Series;
import io.tailrace.operators.metrics.SeriesId;
import io.tailrace.operators.metrics.SeriesTotals;
import io.tailrace.operators.metrics.window.WindowTimes;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What series come to by window, until it is handed on: when there is too much of it, when event
 * time makes a window due, and whenever the one who has it says so. It is never part of state.
 */
public final class PendingParts {

    private final WindowTimes times;
    private final int most;
    private final Supplier<SeriesTotals> nothing;
    private final Consumer<MetricPart> out;
    private final TreeMap<Long, Map<Key, Pending>> windows = new TreeMap<>();
    private int size;

    /**
     * @param most how many parts there may be, 1 or more
     * @param nothing makes totals of nothing
     */
    public PendingParts(
            WindowTimes times, int most, Supplier<SeriesTotals> nothing, Consumer<MetricPart> out) {
        this.times = times;
        this.most = most;
        this.nothing = nothing;
        this.out = out;
    }

    /**
     * Where to count something, at once: the totals may be handed on with the next call.
     *
     * @param arrival of what is counted
     */
    public SeriesTotals totals(Series series, long windowStart, long arrival) {
        Key key = new Key(series.id(), series.service());
        Map<Key, Pending> window = windows.get(windowStart);
        Pending pending = window == null ? null : window.get(key);
        if (pending == null) {
            if (size >= most) {
                flush();
            }
            pending = new Pending(series, arrival, nothing.get());
            windows.computeIfAbsent(windowStart, any -> new HashMap<>()).put(key, pending);
            size++;
        }
        pending.arrival = Math.max(pending.arrival, arrival);
        return pending.totals;
    }

    /** Hands on what is due, before anybody hears of this watermark. */
    public void flushDue(long watermark) {
        while (!windows.isEmpty() && times.due(windows.firstKey()) <= watermark) {
            flushFirst();
        }
    }

    /** Hands on all. */
    public void flush() {
        while (!windows.isEmpty()) {
            flushFirst();
        }
    }

    private void flushFirst() {
        Map.Entry<Long, Map<Key, Pending>> window = windows.pollFirstEntry();
        size -= window.getValue().size();
        for (Pending each : window.getValue().values()) {
            out.accept(new MetricPart(each.series, window.getKey(), each.arrival, each.totals));
        }
    }

    /** The id does not tell services apart where the service is no dimension. */
    private record Key(SeriesId id, String service) {}

    /** A part that grows. */
    private static final class Pending {
        private final Series series;
        private final SeriesTotals totals;
        private long arrival;

        Pending(Series series, long arrival, SeriesTotals totals) {
            this.series = series;
            this.arrival = arrival;
            this.totals = totals;
        }
    }
}
