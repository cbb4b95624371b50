package io.tailrace.operators.metrics.red;

import org.apache.flink.metrics.MetricGroup;

import io.tailrace.operators.application.ApplicationSettings;
import io.tailrace.operators.application.Applications;
import io.tailrace.operators.metrics.MetricPart;
import io.tailrace.operators.metrics.VirtualMetricsSettings;
import io.tailrace.operators.pairing.SpanSide;
import io.tailrace.operators.pairing.SpanSides;
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
 * <p>The spans that may be sides of calls are handed on at once, whatever is counted of them: a
 * call is told by both of its sides.
 *
 * <p>A span is dropped, and counted by service, where it arrived too late for its window's last
 * correction, or ends too long after its arrival.
 */
public final class RedCounting {

    private final LocalCounts counts;
    private final SpanCounts spans;

    /** From a window's start until its rows are made, in milliseconds. */
    private final long dueAfterStart;

    /**
     * @param group of the operator's own metrics
     * @param parts get what spans come to
     * @param sides get the spans that may be sides of calls, where calls are counted
     */
    public RedCounting(
            VirtualMetricsSettings settings,
            ApplicationSettings application,
            MetricGroup group,
            Consumer<MetricPart> parts,
            Consumer<SpanSide> sides) {
        RedMetrics told = new RedMetrics(group);
        counts =
                new LocalCounts(
                        settings.localBudget().bytes(),
                        settings.histogram(),
                        part -> {
                            told.partOut();
                            parts.accept(part);
                        });
        spans =
                new SpanCounts(
                        settings,
                        new Applications(application, told.wrongApplications()),
                        told,
                        counts,
                        sides(settings, sides));
        told.watch(counts, spans);
        dueAfterStart = settings.window().plus(settings.windowWait()).toMillis();
    }

    /** Null where calls are not counted. */
    private static SpanSides sides(VirtualMetricsSettings settings, Consumer<SpanSide> sides) {
        return settings.serviceGraph().enabled()
                ? new SpanSides(settings.serviceGraph(), settings.limits().maxValueBytes(), sides)
                : null;
    }

    /**
     * @param time of the request whose spans follow
     */
    public void arrival(long time) {
        spans.arrival(time);
    }

    /** Counts what it is shown. */
    public RequestWalker.Spans spans() {
        return spans;
    }

    /** Hands on the windows that have rows made once this watermark passes. */
    public void handOnDue(long watermark) {
        // No window begins before the epoch, so a mark before it has none made.
        counts.handOn(Math.max(watermark, 0) - dueAfterStart);
    }

    public void handOnAll() {
        counts.handOnAll();
    }
}
