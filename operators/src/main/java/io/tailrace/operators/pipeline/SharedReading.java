package io.tailrace.operators.pipeline;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;

import io.tailrace.operators.application.ApplicationSettings;
import io.tailrace.operators.discovery.DiscoverySettings;
import io.tailrace.operators.discovery.Sighting;
import io.tailrace.operators.discovery.local.Discovering;
import io.tailrace.operators.discovery.local.LocalDiscovery;
import io.tailrace.operators.input.Rejects;
import io.tailrace.operators.input.SpanRequest;
import io.tailrace.operators.input.UnreadableException;
import io.tailrace.operators.metrics.MetricPart;
import io.tailrace.operators.metrics.VirtualMetricsSettings;
import io.tailrace.operators.metrics.red.LocalRed;
import io.tailrace.operators.metrics.red.RedCounting;
import io.tailrace.operators.reading.RequestReader;
import io.tailrace.operators.sampling.ChunkCutter;
import io.tailrace.operators.sampling.SamplingSettings;
import io.tailrace.operators.sampling.TraceChunk;
import io.tailrace.operators.span.wire.RequestWalker;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads each request once for all parts of a job: splits it by trace, counts its spans and finds
 * what they show in the same pass. It gives what {@link io.tailrace.operators.sampling.ChunkMaker},
 * {@link LocalRed} and {@link LocalDiscovery} would give of the same requests: chunks, and beside
 * them {@link #METRIC_PARTS}, {@link LocalRed#SIDES}, {@link #SIGHTINGS}, {@link
 * LocalDiscovery#SIDES} and, once, {@link RequestReader#DEAD_LETTERS}.
 *
 * <p>It has no state: like the two it hands on what it counted and saw before barriers, before
 * watermarks and at the end.
 */
public final class SharedReading extends AbstractStreamOperator<TraceChunk>
        implements OneInputStreamOperator<SpanRequest, TraceChunk> {

    private static final long serialVersionUID = 1L;

    /** What spans come to by window and series. */
    public static final OutputTag<MetricPart> METRIC_PARTS =
            new OutputTag<>("metric-parts", MetricPart.TYPE);

    /** What spans show by themselves. */
    public static final OutputTag<Sighting> SIGHTINGS = new OutputTag<>("sightings", Sighting.TYPE);

    private final SamplingSettings sampling;
    private final VirtualMetricsSettings virtualMetrics;
    private final DiscoverySettings discovery;
    private final ApplicationSettings application;

    private transient RequestReader reader;
    private transient RequestReader.Walk walk;
    private transient ChunkCutter cutter;
    private transient RedCounting counting;
    private transient Discovering discovering;
    private transient long arrival;

    /**
     * @param sampling null where no chunks are wanted
     * @param virtualMetrics null where nothing is counted
     * @param discovery null where nothing is looked for
     */
    public SharedReading(
            SamplingSettings sampling,
            VirtualMetricsSettings virtualMetrics,
            DiscoverySettings discovery,
            ApplicationSettings application) {
        this.sampling = sampling;
        this.virtualMetrics = virtualMetrics;
        this.discovery = discovery;
        this.application = application;
    }

    @Override
    public void open() throws Exception {
        super.open();
        MetricGroup group = getMetricGroup().addGroup("tailrace");
        List<RequestWalker.Spans> watching = new ArrayList<>();
        if (virtualMetrics != null) {
            counting = counting(group);
            watching.add(counting.spans());
        }
        if (discovery != null) {
            discovering = discovering(group);
            watching.add(discovering.spans());
        }
        reader = new RequestReader(group, watching);
        if (sampling == null) {
            walk = new RequestWalker()::walk;
        } else {
            cutter = new ChunkCutter(sampling);
            walk = this::cut;
        }
    }

    private RedCounting counting(MetricGroup group) {
        return new RedCounting(
                virtualMetrics,
                application,
                group,
                part -> output.collect(METRIC_PARTS, new StreamRecord<>(part, part.arrival())),
                getRuntimeContext().getTaskInfo().getMaxNumberOfParallelSubtasks(),
                sides -> output.collect(LocalRed.SIDES, new StreamRecord<>(sides)));
    }

    private Discovering discovering(MetricGroup group) {
        // Of a request read once, its attributes are counted once.
        Counter wrongApplications =
                virtualMetrics == null
                        ? group.counter("wrong_application_attributes")
                        : new SimpleCounter();
        return new Discovering(
                discovery,
                application,
                group,
                wrongApplications,
                sighting ->
                        output.collect(
                                SIGHTINGS, new StreamRecord<>(sighting, sighting.lastSeen())),
                getRuntimeContext().getTaskInfo().getMaxNumberOfParallelSubtasks(),
                sides -> output.collect(LocalDiscovery.SIDES, new StreamRecord<>(sides)));
    }

    private void cut(byte[] otlp, Rejects rejects, RequestWalker.Spans spans)
            throws UnreadableException {
        cutter.cut(
                otlp,
                arrival,
                rejects,
                spans,
                chunk -> output.collect(new StreamRecord<>(chunk, arrival)));
    }

    @Override
    public void processElement(StreamRecord<SpanRequest> element) {
        SpanRequest request = element.getValue();
        arrival = request.arrival();
        if (counting != null) {
            counting.arrival(arrival);
        }
        if (discovering != null) {
            discovering.arrival(arrival);
        }
        reader.read(
                request,
                walk,
                letter ->
                        output.collect(
                                RequestReader.DEAD_LETTERS, new StreamRecord<>(letter, arrival)));
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        if (counting != null) {
            counting.handOnDue(mark.getTimestamp());
        }
        if (discovering != null) {
            discovering.handOnDue(mark.getTimestamp());
        }
        super.processWatermark(mark);
    }

    /** While this is idle, the watermarks of others go on without it. */
    @Override
    public void processWatermarkStatus(WatermarkStatus status) throws Exception {
        if (counting != null && status.isIdle()) {
            counting.handOnSides();
        }
        if (discovering != null && status.isIdle()) {
            discovering.handOnAll();
        }
        super.processWatermarkStatus(status);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        handOnAll();
    }

    @Override
    public void finish() throws Exception {
        handOnAll();
        super.finish();
    }

    private void handOnAll() {
        if (counting != null) {
            counting.handOnAll();
        }
        if (discovering != null) {
            discovering.handOnAll();
        }
    }
}
