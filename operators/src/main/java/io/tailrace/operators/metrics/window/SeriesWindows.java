package io.tailrace.operators.metrics.window;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

import io.tailrace.operators.metrics.Histogram;
import io.tailrace.operators.metrics.HistogramSettings;
import io.tailrace.operators.metrics.MetricPart;
import io.tailrace.operators.metrics.MetricRow;
import io.tailrace.operators.metrics.Series;
import io.tailrace.operators.metrics.SeriesId;
import io.tailrace.operators.metrics.SeriesKind;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Merges the parts of each series by window, and makes a row of each window when it is due. What
 * comes later corrects it: the next row has what came until then, and comes not long after the
 * first of that arrived. A window is forgotten once nothing can come that is not too late.
 *
 * <p>What still comes then arrived long before event time had come so far, in a source that was
 * silent or slow. A row of it alone would take the place of the right one, so it is dropped, and
 * counted by service as {@code spans_behind_watermark}.
 */
public final class SeriesWindows extends KeyedProcessFunction<SeriesId, MetricPart, MetricRow> {

    private static final long serialVersionUID = 1L;

    private final WindowTimes spanTimes;
    private final HistogramSettings spanHistogram;
    private final WindowTimes edgeTimes;
    private final HistogramSettings edgeHistogram;

    private transient MapState<Long, WindowTotals> windows;
    private transient ValueState<Series> series;
    private transient Map<SeriesKind, Histogram> shapes;
    private transient WindowMetrics metrics;

    /**
     * @param spanHistogram which buckets durations are counted by; what was counted by others
     *     before a restore is put into these
     */
    public SeriesWindows(
            WindowTimes spanTimes,
            HistogramSettings spanHistogram,
            WindowTimes edgeTimes,
            HistogramSettings edgeHistogram) {
        this.spanTimes = spanTimes;
        this.spanHistogram = spanHistogram;
        this.edgeTimes = edgeTimes;
        this.edgeHistogram = edgeHistogram;
    }

    @Override
    public void open(OpenContext context) {
        windows =
                getRuntimeContext()
                        .getMapState(
                                new MapStateDescriptor<>("windows", Types.LONG, WindowTotals.TYPE));
        series = getRuntimeContext().getState(new ValueStateDescriptor<>("series", Series.TYPE));
        shapes = new EnumMap<>(SeriesKind.class);
        shapes.put(SeriesKind.SPANS, spanHistogram.make());
        shapes.put(SeriesKind.EVENTS, spanHistogram.make());
        shapes.put(SeriesKind.EDGES, edgeHistogram.make());
        metrics = new WindowMetrics(getRuntimeContext().getMetricGroup());
    }

    @Override
    public void processElement(MetricPart came, Context context, Collector<MetricRow> out)
            throws Exception {
        Histogram shape = shapes.get(came.series().kind());
        // What was on its way when the job was stopped may still be of a former shape.
        MetricPart part = came.totals().hasShape(shape) ? came : came.inShape(shape);
        WindowTotals before = windows.get(part.windowStart());
        if (before == null) {
            begin(part, context);
            return;
        }
        WindowTotals now =
                inShape(before, shape)
                        .with(
                                part,
                                times(part.series().kind())
                                        .correction(
                                                part.windowStart(),
                                                Math.max(part.arrival(), before.fired())));
        windows.put(part.windowStart(), now);
        if (now.next() != before.next()) {
            context.timerService().registerEventTimeTimer(now.next());
        }
    }

    private void begin(MetricPart part, Context context) throws Exception {
        WindowTimes times = times(part.series().kind());
        long watermark = context.timerService().currentWatermark();
        long due = times.due(part.windowStart());
        long closed = times.closed(part.windowStart());
        if (watermark >= closed) {
            metrics.behindWatermark(part);
            return;
        }
        long next =
                watermark < due
                        ? due
                        : Math.min(times.correction(part.windowStart(), part.arrival()), closed);
        if (series.value() == null) {
            series.update(part.series());
        }
        windows.put(part.windowStart(), WindowTotals.of(part, next, closed));
        context.timerService().registerEventTimeTimer(next);
    }

    private WindowTotals inShape(WindowTotals window, Histogram shape) {
        if (window.totals().hasShape(shape)) {
            return window;
        }
        metrics.reshaped();
        return window.inShape(shape);
    }

    private WindowTimes times(SeriesKind kind) {
        return switch (kind) {
            case SPANS, EVENTS -> spanTimes;
            case EDGES -> edgeTimes;
        };
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<MetricRow> out)
            throws Exception {
        Map<Long, WindowTotals> now = new TreeMap<>();
        boolean others = false;
        for (Map.Entry<Long, WindowTotals> each : windows.entries()) {
            if (each.getValue().next() <= time) {
                now.put(each.getKey(), each.getValue());
            } else {
                others = true;
            }
        }
        for (Map.Entry<Long, WindowTotals> each : now.entrySet()) {
            WindowTotals window = inShape(each.getValue(), shapes.get(series.value().kind()));
            if (window.unfired()) {
                out.collect(row(each.getKey(), window, time));
                metrics.row(window.rows());
            }
            if (window.closed() <= time) {
                windows.remove(each.getKey());
            } else {
                others = true;
                windows.put(each.getKey(), window.fired(time));
                context.timerService().registerEventTimeTimer(window.closed());
            }
        }
        if (!others) {
            series.clear();
        }
    }

    private MetricRow row(long start, WindowTotals window, long time) throws Exception {
        Series known = series.value();
        return new MetricRow(
                new Series(
                        known.id(),
                        known.kind(),
                        known.application(),
                        window.service(),
                        known.dimensions()),
                start,
                window.rows(),
                time,
                window.totals(),
                window.rows() == 0 ? window.totals() : window.added());
    }
}
