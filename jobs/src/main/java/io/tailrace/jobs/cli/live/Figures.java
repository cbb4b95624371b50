package io.tailrace.jobs.cli.live;

import io.tailrace.jobs.JobKind;

/** How far a run is. */
public sealed interface Figures permits SamplingFigures, MetricsFigures {

    static Figures of(JobKind kind, LiveMetrics metrics) {
        return switch (kind) {
            case TAIL_SAMPLING -> SamplingFigures.of(metrics);
            case VIRTUAL_METRICS -> MetricsFigures.of(metrics);
        };
    }

    /** Read so far. */
    long spans();

    /** One line while the run goes on. */
    String progress(long seconds, double spansPerSecond);

    /** Some lines at its end. */
    String summary(double seconds);
}
