package io.tailrace.operators.discovery.local;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

import io.tailrace.operators.application.ApplicationSettings;
import io.tailrace.operators.application.Applications;
import io.tailrace.operators.discovery.DiscoverySettings;
import io.tailrace.operators.discovery.Sighting;
import io.tailrace.operators.discovery.relation.RelationSides;
import io.tailrace.operators.pairing.waiting.SideBlock;
import io.tailrace.operators.reading.SpanWatcher;
import io.tailrace.operators.span.wire.RequestWalker;

import java.util.function.Consumer;

/**
 * Finds what spans show while they are read, for the operator that reads them.
 *
 * <p>It is no part of state: the operator has all handed on before each barrier and at the end of
 * input, and what is due before a watermark passes. Some is handed on when the memory for it is
 * used up. However sightings are cut, together they say the same.
 *
 * <p>A span of a service is told of to those that join spans, whatever it shows. One without a
 * service shows nothing, and is counted.
 */
public final class Discovering implements SpanWatcher {

    private final RelationSides sides;
    private final SeenSpans spans;

    /**
     * @param group of the operator's own metrics
     * @param wrongApplications counts the attributes of applications that could not be used
     * @param sightings get what is seen
     * @param maxParallelism of the operator that joins spans
     * @param sides get what is told of each span to that
     */
    public Discovering(
            DiscoverySettings settings,
            ApplicationSettings application,
            MetricGroup group,
            Counter wrongApplications,
            Consumer<Sighting> sightings,
            int maxParallelism,
            Consumer<SideBlock> sides) {
        this.sides = new RelationSides(maxParallelism, sides);
        DiscoveryMetrics told = new DiscoveryMetrics(group);
        spans =
                new SeenSpans(
                        settings,
                        new Applications(application, wrongApplications),
                        told,
                        sighting -> {
                            told.sightingOut();
                            sightings.accept(sighting);
                        },
                        this.sides);
        told.watch(spans);
    }

    @Override
    public void arrival(long time) {
        spans.arrival(time);
    }

    @Override
    public RequestWalker.Spans spans() {
        return spans;
    }

    @Override
    public void handOnDue(long watermark) {
        sides.handOn();
        spans.handOnDue(watermark);
    }

    /** Hands on all: else a thing might expire before its sighting comes. */
    @Override
    public void handOnIdle() {
        handOnAll();
    }

    @Override
    public void handOnAll() {
        sides.handOn();
        spans.handOnAll();
    }
}
