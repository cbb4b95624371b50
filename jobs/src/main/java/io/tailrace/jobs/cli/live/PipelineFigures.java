package io.tailrace.jobs.cli.live;

import java.util.Map;

/**
 * How far a run of a pipeline is that has both parts. What was read is the same for both, as one
 * operator reads for them.
 */
public record PipelineFigures(SamplingFigures sampling, MetricsFigures metrics) implements Figures {

    public static PipelineFigures of(LiveMetrics metrics) {
        return new PipelineFigures(SamplingFigures.of(metrics), MetricsFigures.of(metrics));
    }

    @Override
    public long spans() {
        return sampling.spans();
    }

    @Override
    public long requests() {
        return sampling.requests();
    }

    @Override
    public Map<String, Long> deadLetters() {
        return sampling.deadLetters();
    }

    @Override
    public long restarts() {
        return sampling.restarts();
    }

    @Override
    public String work() {
        return sampling.work() + "  " + metrics.work();
    }

    @Override
    public void addTo(SummaryText text) {
        sampling.addTo(text);
        metrics.addTo(text);
    }
}
