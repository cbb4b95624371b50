package io.tailrace.operators.metrics.red;

import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.util.OutputTag;

import io.tailrace.operators.application.ApplicationSettings;
import io.tailrace.operators.metrics.MetricPart;
import io.tailrace.operators.metrics.VirtualMetricsSettings;
import io.tailrace.operators.pairing.waiting.SideBlock;
import io.tailrace.operators.reading.ReadingOperator;
import io.tailrace.operators.reading.RequestReader;
import io.tailrace.operators.reading.SpanWatcher;

import java.util.List;

/**
 * Counts spans into series by window where they are read, and hands on what they come to, so that
 * parts and not spans go over the network. What cannot be used goes to {@link
 * RequestReader#DEAD_LETTERS}, and what may be a side of a call to {@link #SIDES}.
 *
 * <p>It has no state: all is handed on before each barrier. It is also before a watermark passes
 * that has rows made of a window, at the end of input, and when its memory is used up.
 */
public final class LocalRed extends ReadingOperator<MetricPart> {

    private static final long serialVersionUID = 1L;

    /** The spans that may be sides of calls, where calls are counted. */
    public static final OutputTag<SideBlock> SIDES = new OutputTag<>("sides", SideBlock.TYPE);

    private final VirtualMetricsSettings settings;
    private final ApplicationSettings application;

    public LocalRed(VirtualMetricsSettings settings, ApplicationSettings application) {
        this.settings = settings;
        this.application = application;
    }

    @Override
    protected List<SpanWatcher> watchers(MetricGroup group) {
        return List.of(
                new RedCounting(
                        settings,
                        application,
                        group,
                        part -> emit(part, part.arrival()),
                        maxParallelism(),
                        sides -> emit(SIDES, sides)));
    }
}
