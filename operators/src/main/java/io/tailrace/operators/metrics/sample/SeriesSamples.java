package io.tailrace.operators.metrics.sample;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

import io.tailrace.operators.metrics.MetricRow;
import io.tailrace.operators.metrics.MetricSample;
import io.tailrace.operators.metrics.SeriesId;

import java.time.Duration;

/**
 * Makes samples of the rows of each series: one for each row, at the time that it was fired, so
 * that their times grow. A row that was fired no later than the sample before goes into the next
 * one, which is made a millisecond after that one where no other row comes first.
 *
 * <p>A series without rows for its expiration is forgotten. Should it come again, it begins anew,
 * and so it does where a restored job counts durations by other buckets.
 */
public final class SeriesSamples extends KeyedProcessFunction<SeriesId, MetricRow, MetricSample> {

    private static final long serialVersionUID = 1L;

    private final Temporality temporality;
    private final long expirationMillis;

    private transient ValueState<SampledSeries> state;
    private transient Counter restarts;

    /**
     * @param expiration in event time, since the last row was fired
     */
    public SeriesSamples(Temporality temporality, Duration expiration) {
        this.temporality = temporality;
        this.expirationMillis = expiration.toMillis();
    }

    @Override
    public void open(OpenContext context) {
        state =
                getRuntimeContext()
                        .getState(new ValueStateDescriptor<>("sampled-series", SampledSeries.TYPE));
        restarts =
                getRuntimeContext()
                        .getMetricGroup()
                        .addGroup("tailrace")
                        .counter("series_begun_anew");
    }

    @Override
    public void processElement(MetricRow row, Context context, Collector<MetricSample> out)
            throws Exception {
        SampledSeries before = state.value();
        SampledSeries series;
        if (before == null) {
            series = SampledSeries.of(row, row.fired() + expirationMillis);
            context.timerService().registerEventTimeTimer(series.check());
        } else {
            series = begunAnewIfReshaped(before, row, out).with(row);
        }
        if (row.fired() > series.sampled()) {
            out.collect(series.sample(row.fired()));
            series = series.sampled(row.fired(), temporality);
        } else {
            context.timerService().registerEventTimeTimer(series.sampled() + 1);
        }
        state.update(series);
    }

    /**
     * Where durations were counted by other buckets before a restore, totals of then and now do not
     * add up. What no sample told yet is told first.
     */
    private SampledSeries begunAnewIfReshaped(
            SampledSeries before, MetricRow row, Collector<MetricSample> out) {
        if (before.totals() == null
                || before.totals().hasShape(row.added().durations().histogram())) {
            return before;
        }
        restarts.inc();
        SampledSeries series = before;
        if (series.unsampled()) {
            long time = series.sampled() + 1;
            out.collect(series.sample(time));
            series = series.sampled(time, temporality);
        }
        return series.begunAnew();
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<MetricSample> out)
            throws Exception {
        SampledSeries series = state.value();
        if (series == null) {
            return;
        }
        if (series.unsampled() && time > series.sampled()) {
            out.collect(series.sample(time));
            series = series.sampled(time, temporality);
            state.update(series);
        }
        if (time < series.check()) {
            return;
        }
        long expiry = series.lastRow() + expirationMillis;
        if (expiry <= time) {
            state.clear();
        } else {
            state.update(series.checkedAt(expiry));
            context.timerService().registerEventTimeTimer(expiry);
        }
    }
}
