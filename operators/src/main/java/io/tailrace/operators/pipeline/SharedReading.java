package io.tailrace.operators.pipeline;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.util.OutputTag;

import io.tailrace.operators.application.ApplicationSettings;
import io.tailrace.operators.discovery.DiscoverySettings;
import io.tailrace.operators.discovery.Sighting;
import io.tailrace.operators.discovery.local.Discovering;
import io.tailrace.operators.discovery.local.LocalDiscovery;
import io.tailrace.operators.metrics.MetricPart;
import io.tailrace.operators.metrics.VirtualMetricsSettings;
import io.tailrace.operators.metrics.red.LocalRed;
import io.tailrace.operators.metrics.red.RedCounting;
import io.tailrace.operators.reading.ReadingOperator;
import io.tailrace.operators.reading.RequestReader;
import io.tailrace.operators.reading.SpanWatcher;
import io.tailrace.operators.sampling.ChunkCutter;
import io.tailrace.operators.sampling.SamplingSettings;
import io.tailrace.operators.sampling.TraceChunk;

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
public final class SharedReading extends ReadingOperator<TraceChunk> {

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
    protected List<SpanWatcher> watchers(MetricGroup group) {
        List<SpanWatcher> watchers = new ArrayList<>();
        if (virtualMetrics != null) {
            watchers.add(counting(group));
        }
        if (discovery != null) {
            watchers.add(discovering(group));
        }
        return watchers;
    }

    @Override
    protected RequestReader.Walk walk() {
        if (sampling == null) {
            return super.walk();
        }
        ChunkCutter cutter = new ChunkCutter(sampling);
        return (otlp, rejects, spans) ->
                cutter.cut(otlp, arrival(), rejects, spans, chunk -> emit(chunk, arrival()));
    }

    private RedCounting counting(MetricGroup group) {
        return new RedCounting(
                virtualMetrics,
                application,
                group,
                part -> emit(METRIC_PARTS, part, part.arrival()),
                maxParallelism(),
                sides -> emit(LocalRed.SIDES, sides));
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
                sighting -> emit(SIGHTINGS, sighting, sighting.lastSeen()),
                maxParallelism(),
                sides -> emit(LocalDiscovery.SIDES, sides));
    }
}
