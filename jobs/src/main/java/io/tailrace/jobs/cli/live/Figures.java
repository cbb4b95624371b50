package io.tailrace.jobs.cli.live;

import io.tailrace.jobs.JobPart;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** How far a run is. */
public sealed interface Figures
        permits SamplingFigures, MetricsFigures, DiscoveryFigures, PipelineFigures {

    /**
     * @param parts of the job, one or more
     */
    static Figures of(Set<JobPart> parts, LiveMetrics metrics) {
        if (parts.size() > 1) {
            return PipelineFigures.of(parts, metrics);
        }
        return of(parts.iterator().next(), metrics);
    }

    static Figures of(JobPart part, LiveMetrics metrics) {
        return switch (part) {
            case TAIL_SAMPLING -> SamplingFigures.of(metrics);
            case VIRTUAL_METRICS -> MetricsFigures.of(metrics);
            case DISCOVERY -> DiscoveryFigures.of(metrics);
        };
    }

    /** Read so far. */
    long spans();

    /** Read so far. */
    long requests();

    /** By reason. */
    Map<String, Long> deadLetters();

    /** Of the job; what was read again after one is counted again. */
    long restarts();

    /** What is to be said of the work in a line of progress. */
    String work();

    /** What is to be said of the work at its end. */
    void addTo(SummaryText text);

    /** One line while the run goes on. */
    default String progress(long seconds, double spansPerSecond) {
        return String.format(
                Locale.ROOT,
                "%4d s  spans in %,d (%,.0f/s)  %s  dead letters %,d",
                seconds,
                spans(),
                spansPerSecond,
                work(),
                letters());
    }

    /** Some lines at its end. */
    default String summary(double seconds) {
        SummaryText text = new SummaryText();
        text.line("read", "%,d spans in %,d requests", spans(), requests());
        text.line("time", "%,.1f s, %,.0f spans/s", seconds, spans() / Math.max(seconds, 0.001));
        addTo(text);
        text.line(
                "dead letters",
                "%,d%s",
                letters(),
                deadLetters().isEmpty() ? "" : " " + deadLetters());
        if (restarts() > 0) {
            text.line("restarts", "%,d; what was read again is counted again", restarts());
        }
        return text.toString();
    }

    private long letters() {
        return deadLetters().values().stream().mapToLong(Long::longValue).sum();
    }
}
