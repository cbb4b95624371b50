package io.tailrace.operators.discovery.local;

import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.util.OutputTag;

import io.tailrace.operators.application.ApplicationSettings;
import io.tailrace.operators.discovery.DiscoverySettings;
import io.tailrace.operators.discovery.Sighting;
import io.tailrace.operators.pairing.waiting.SideBlock;
import io.tailrace.operators.reading.ReadingOperator;
import io.tailrace.operators.reading.RequestReader;
import io.tailrace.operators.reading.SpanWatcher;

import java.util.List;

/**
 * Finds what spans show where they are read, and hands it on without repeating it with every span.
 * What cannot be used goes to {@link RequestReader#DEAD_LETTERS}, and what is told of each span to
 * those that join them to {@link #SIDES}.
 *
 * <p>It has no state: all is handed on before each barrier. A new thing is at once; all is again
 * whenever event time has gone on by a quarter of {@code refresh}, at the end of input, and when
 * its memory is used up.
 */
public final class LocalDiscovery extends ReadingOperator<Sighting> {

    private static final long serialVersionUID = 1L;

    /** Of each span that has a service, what joins it with others. */
    public static final OutputTag<SideBlock> SIDES =
            new OutputTag<>("discovery-sides", SideBlock.TYPE);

    private final DiscoverySettings settings;
    private final ApplicationSettings application;

    public LocalDiscovery(DiscoverySettings settings, ApplicationSettings application) {
        this.settings = settings;
        this.application = application;
    }

    @Override
    protected List<SpanWatcher> watchers(MetricGroup group) {
        return List.of(
                new Discovering(
                        settings,
                        application,
                        group,
                        group.counter("wrong_application_attributes"),
                        sighting -> emit(sighting, sighting.lastSeen()),
                        maxParallelism(),
                        sides -> emit(SIDES, sides)));
    }
}
