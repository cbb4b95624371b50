package io.tailrace.operators.metrics.window;

import io.tailrace.operators.metrics.Histogram;
import io.tailrace.operators.metrics.MetricPart;
import io.tailrace.operators.metrics.SeriesTotals;
import io.tailrace.operators.serialization.ValueTypeInformation;

/**
 * What is known of a series in one window.
 *
 * @param service the least by name of all that had a part in it: the series' id does not tell them
 *     apart where the service is no dimension
 * @param rows how many were made of it
 * @param fired when the last of them was; {@link Long#MIN_VALUE} before the first
 * @param next when there is something to do again: a timer is set for it
 * @param closed when it is forgotten
 * @param totals of all its parts
 * @param added of those since the last row; null where there are none, and before the first row
 */
public record WindowTotals(
        String service,
        int rows,
        long fired,
        long next,
        long closed,
        SeriesTotals totals,
        SeriesTotals added) {

    public static final ValueTypeInformation<WindowTotals> TYPE =
            new ValueTypeInformation<>(WindowTotals.class, new WindowTotalsSerializer());

    static WindowTotals of(MetricPart part, long next, long closed) {
        return new WindowTotals(
                part.series().service(), 0, Long.MIN_VALUE, next, closed, part.totals(), null);
    }

    /** Whether there is what no row has. */
    boolean unfired() {
        return rows == 0 || added != null;
    }

    WindowTotals with(MetricPart part) {
        SeriesTotals merged = totals.copy();
        merged.merge(part.totals());
        SeriesTotals more = added;
        long then = next;
        if (rows > 0 && added == null) {
            more = part.totals();
            then = Math.min(Math.max(part.arrival(), fired), closed);
        } else if (rows > 0) {
            more = added.copy();
            more.merge(part.totals());
        }
        return new WindowTotals(
                least(service, part.series().service()), rows, fired, then, closed, merged, more);
    }

    /** The same, but durations by buckets like these. */
    WindowTotals inShape(Histogram shape) {
        return new WindowTotals(
                service,
                rows,
                fired,
                next,
                closed,
                totals.inShape(shape),
                added == null ? null : added.inShape(shape));
    }

    private static String least(String one, String other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    /** Once a row was made of it. */
    WindowTotals fired(long time) {
        return new WindowTotals(service, rows + 1, time, closed, closed, totals, null);
    }
}
