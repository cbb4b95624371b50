package io.tailrace.operators.pairing;

import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.function.SerializableSupplier;

import io.tailrace.operators.application.Application;
import io.tailrace.operators.application.ServiceCounters;
import io.tailrace.operators.metrics.Dimension;
import io.tailrace.operators.metrics.DurationTotals;
import io.tailrace.operators.metrics.EdgeDimensions;
import io.tailrace.operators.metrics.Exemplar;
import io.tailrace.operators.metrics.Histogram;
import io.tailrace.operators.metrics.MetricPart;
import io.tailrace.operators.metrics.Series;
import io.tailrace.operators.metrics.SeriesKind;
import io.tailrace.operators.metrics.SeriesTotals;
import io.tailrace.operators.metrics.local.PendingParts;
import io.tailrace.operators.metrics.window.WindowTimes;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts calls by client, server and connection type before they go through the network. A call is
 * in the window in which the client's side ended, else the server's. What it has counted goes on
 * when there is too much of it, before each checkpoint, before a watermark that makes its window
 * due, and at the end of input.
 *
 * <p>Calls that come too late, or end too far ahead of their arrival, are dropped, and counted by
 * the service that called.
 */
public final class LocalCalls extends AbstractStreamOperator<MetricPart>
        implements OneInputStreamOperator<Call, MetricPart> {

    private static final long serialVersionUID = 1L;

    private static final int MOST_SERIES = 10_000;

    private final WindowTimes times;
    private final long maxAheadMillis;
    private final int mostParts;
    private final SerializableSupplier<Histogram> histograms;

    private transient PendingParts parts;
    private transient Map<Edge, Series> series;
    private transient ServiceCounters late;
    private transient ServiceCounters ahead;

    /**
     * @param times of the windows of edges
     * @param maxAheadMillis how long after its arrival a call may end
     * @param mostParts how many series and windows are held, 1 or more
     * @param histograms makes empty ones
     */
    public LocalCalls(
            WindowTimes times,
            long maxAheadMillis,
            int mostParts,
            SerializableSupplier<Histogram> histograms) {
        this.times = times;
        this.maxAheadMillis = maxAheadMillis;
        this.mostParts = mostParts;
        this.histograms = histograms;
    }

    @Override
    public void open() throws Exception {
        super.open();
        parts =
                new PendingParts(
                        times,
                        mostParts,
                        this::nothing,
                        part -> output.collect(new StreamRecord<>(part, part.arrival())));
        series = new HashMap<>();
        MetricGroup group = getMetricGroup().addGroup("tailrace");
        late = new ServiceCounters(group, "late_calls_dropped");
        ahead = new ServiceCounters(group, "future_calls_dropped");
    }

    private SeriesTotals nothing() {
        return new SeriesTotals(
                new DurationTotals(histograms.get()), new DurationTotals(histograms.get()));
    }

    @Override
    public void processElement(StreamRecord<Call> element) {
        Call call = element.getValue();
        long start = times.start(call.endMillis());
        if (call.endMillis() - maxAheadMillis > call.arrival()) {
            ahead.add(call.client(), 1);
        } else if (times.tooLate(start, call.arrival())) {
            late.add(call.client(), 1);
        } else {
            count(call, parts.totals(series(call), start, call.arrival()));
        }
    }

    private static void count(Call call, SeriesTotals totals) {
        SpanSide client = call.clientSide();
        SpanSide server = call.serverSide();
        totals.add(call.times(), call.error(), SeriesTotals.Apdex.NONE, false, false);
        if (client != null) {
            totals.clientDurations().add(client.durationMicros(), call.times());
        }
        if (server != null) {
            totals.durations().add(server.durationMicros(), call.times());
        }
        SpanSide told = server == null ? client : server;
        if (totals.wantsExemplar(told.durationMicros(), call.error())) {
            totals.exemplar(
                    new Exemplar(
                            told.traceId().high(),
                            told.traceId().low(),
                            told.spanId(),
                            told.durationMicros(),
                            told.endMillis()),
                    call.error());
        }
    }

    private Series series(Call call) {
        if (series.size() >= MOST_SERIES) {
            series.clear();
        }
        return series.computeIfAbsent(
                new Edge(call.application(), call.client(), call.server(), call.connection()),
                Edge::series);
    }

    @Override
    public void processWatermark(Watermark watermark) throws Exception {
        parts.flushDue(watermark.getTimestamp());
        super.processWatermark(watermark);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        parts.flush();
        super.prepareSnapshotPreBarrier(checkpointId);
    }

    @Override
    public void finish() throws Exception {
        parts.flush();
        super.finish();
    }

    /** Who calls whom. */
    private record Edge(
            Application application, String client, String server, ConnectionType connection) {

        Series series() {
            return Series.of(
                    SeriesKind.EDGES,
                    application,
                    client,
                    List.of(
                            new Dimension(EdgeDimensions.CLIENT, client),
                            new Dimension(EdgeDimensions.SERVER, server),
                            new Dimension(EdgeDimensions.CONNECTION_TYPE, connection.text())));
        }
    }
}
