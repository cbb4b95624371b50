package io.tailrace.operators.metrics.limit;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

import io.tailrace.operators.metrics.MetricPart;
import io.tailrace.operators.metrics.Series;

/**
 * Holds the series of each service within limits. Series and the values of their dimensions are
 * admitted as they come first, and stay so until they have not been seen for a while. Of a series
 * that is not, the values that there are too many of become {@link #OVERFLOW}; where there are too
 * many series, so does the value of the dimension that has the most, then of the next one, until
 * the series is one that there is room for. Nothing is dropped: totals over all series stay exact.
 *
 * <p>In the end there is one series that needs no room: that whose values are all replaced, except
 * for the service.
 */
public final class SeriesLimiter extends KeyedProcessFunction<ServiceKey, MetricPart, MetricPart> {

    private static final long serialVersionUID = 1L;

    /** What a value becomes that there is no room for. */
    public static final String OVERFLOW = "__overflow__";

    /** Further than any clock goes, so that nothing is later than the end of time. */
    private static final long LATEST = Long.MAX_VALUE / 2;

    private final SeriesLimits limits;

    private transient LimiterState state;
    private transient LimiterMetrics metrics;

    public SeriesLimiter(SeriesLimits limits) {
        this.limits = limits;
    }

    @Override
    public void open(OpenContext context) {
        state = new LimiterState(limits.seriesExpiration().toMillis(), getRuntimeContext());
        metrics = new LimiterMetrics(getRuntimeContext().getMetricGroup());
    }

    @Override
    public void processElement(MetricPart part, Context context, Collector<MetricPart> out)
            throws Exception {
        long time = Math.min(part.arrival(), LATEST);
        if (state.seen(part.series(), time)) {
            out.collect(part);
            return;
        }
        AdmittedCounts counts = state.counts();
        if (counts == null) {
            counts = AdmittedCounts.NONE;
            context.timerService().registerEventTimeTimer(state.expiry(time));
        }
        Series fitting = fit(part.series(), counts, time);
        if (fitting.id().equals(part.series().id())) {
            out.collect(part);
        } else {
            out.collect(new MetricPart(fitting, part.windowStart(), part.arrival(), part.totals()));
            count(part, fitting);
        }
    }

    private Series fit(Series series, AdmittedCounts counts, long time) throws Exception {
        Replacement replacement = new Replacement(series, limits);
        for (int i = 0; i < series.dimensions().size(); i++) {
            if (counts.values(series.dimensions().get(i).name()) >= limits.maxValues()
                    && !state.knows(series.dimensions().get(i))) {
                replacement.replace(i);
            }
        }
        if (!replacement.any()) {
            if (counts.series() < limits.maxSeries()) {
                state.admit(series.id(), false, series.dimensions(), time);
                metrics.admitted();
                return series;
            }
            replacement.replaceMostDistinct(counts);
        }
        while (!replacement.all()) {
            Series marked = replacement.series();
            if (state.seenMarked(marked, replacement.own(), time)) {
                return marked;
            }
            if (counts.marked() < limits.maxMarked()) {
                state.admit(marked.id(), true, replacement.own(), time);
                metrics.admitted();
                return marked;
            }
            replacement.replaceMostDistinct(counts);
        }
        return replacement.lastResort(counts);
    }

    private void count(MetricPart part, Series fitting) {
        for (int i = 0; i < part.series().dimensions().size(); i++) {
            String name = part.series().dimensions().get(i).name();
            if (!part.series().dimensions().get(i).value().equals(fitting.value(name))) {
                metrics.replaced(part.series(), name, part.totals().count());
            }
        }
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<MetricPart> out)
            throws Exception {
        long next = state.expire(time);
        if (next != Long.MAX_VALUE) {
            context.timerService().registerEventTimeTimer(next);
        }
    }
}
