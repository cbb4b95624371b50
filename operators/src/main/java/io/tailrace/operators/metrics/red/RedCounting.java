package io.tailrace.operators.metrics.red;

import org.apache.flink.metrics.MetricGroup;

import io.tailrace.operators.application.ApplicationSettings;
import io.tailrace.operators.application.Applications;
import io.tailrace.operators.metrics.MetricPart;
import io.tailrace.operators.metrics.VirtualMetricsSettings;
import io.tailrace.operators.pairing.SpanSides;
import io.tailrace.operators.pairing.waiting.SideBatches;
import io.tailrace.operators.pairing.waiting.SideBlock;
import io.tailrace.operators.reading.SpanWatcher;
import io.tailrace.operators.span.wire.RequestWalker;

import java.util.function.Consumer;

/**
 * Counts spans into series by window while they are read, for the operator that reads them: rate,
 * errors and durations (RED).
 *
 * <p>It is no part of state: the operator has all handed on before each barrier and at the end of
 * input, and what is due before a watermark passes. Some is handed on when the memory for it is
 * used up. Every part is of spans that no other part has, so however they are cut, they add up to
 * the same.
 *
 * <p>The spans that may be sides of calls are handed on whatever is counted of them, for a call is
 * told by both of its sides: many together, but no later than the next watermark or barrier.
 *
 * <p>A span is dropped, and counted by service, where it arrived too late for its window's last
 * correction, or ends too long after its arrival.
 */
public final class RedCounting implements SpanWatcher {

    private final LocalCounts counts;
    private final SpanCounts spans;

    /** Gets nothing where calls are not counted. */
    private final SideBatches sides;

    /** From a window's start until its rows are made, in milliseconds. */
    private final long dueAfterStart;

    /**
     * @param group of the operator's own metrics
     * @param parts get what spans come to
     * @param maxParallelism of the operator that pairs sides of calls
     * @param sideBlocks get the spans that may be sides of calls, where calls are counted
     */
    public RedCounting(
            VirtualMetricsSettings settings,
            ApplicationSettings application,
            MetricGroup group,
            Consumer<MetricPart> parts,
            int maxParallelism,
            Consumer<SideBlock> sideBlocks) {
        RedMetrics told = new RedMetrics(group);
        counts =
                new LocalCounts(
                        settings.localBudget().bytes(),
                        settings.histogram(),
                        part -> {
                            told.partOut();
                            parts.accept(part);
                        });
        sides = new SideBatches(maxParallelism, sideBlocks);
        spans =
                new SpanCounts(
                        settings,
                        new Applications(application, told.wrongApplications()),
                        told,
                        counts,
                        settings.serviceGraph().enabled()
                                ? new SpanSides(
                                        settings.serviceGraph(),
                                        settings.limits().maxValueBytes(),
                                        sides)
                                : null);
        told.watch(counts, spans);
        dueAfterStart = settings.window().plus(settings.windowWait()).toMillis();
    }

    @Override
    public void arrival(long time) {
        spans.arrival(time);
    }

    @Override
    public RequestWalker.Spans spans() {
        return spans;
    }

    /**
     * Hands on the windows that have rows made once this watermark passes, and the sides of calls,
     * which must not come behind it.
     */
    @Override
    public void handOnDue(long watermark) {
        sides.handOn();
        // No window begins before the epoch, so a mark before it has none made.
        counts.handOn(Math.max(watermark, 0) - dueAfterStart);
    }

    /** Hands on the sides of calls; what is counted may wait for more. */
    @Override
    public void handOnIdle() {
        sides.handOn();
    }

    @Override
    public void handOnAll() {
        sides.handOn();
        counts.handOnAll();
    }
}
