package io.tailrace.jobs.cli.live;

import io.tailrace.jobs.JobPart;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How far a run of a pipeline is that has several parts.
 *
 * @param parts what was read is the same for each, as one operator reads for them
 */
public record PipelineFigures(List<Figures> parts) implements Figures {

    static PipelineFigures of(Set<JobPart> parts, LiveMetrics metrics) {
        return new PipelineFigures(parts.stream().map(part -> Figures.of(part, metrics)).toList());
    }

    @Override
    public long spans() {
        return parts.get(0).spans();
    }

    @Override
    public long requests() {
        return parts.get(0).requests();
    }

    @Override
    public Map<String, Long> deadLetters() {
        return parts.get(0).deadLetters();
    }

    @Override
    public long restarts() {
        return parts.get(0).restarts();
    }

    @Override
    public String work() {
        return parts.stream().map(Figures::work).collect(Collectors.joining("  "));
    }

    @Override
    public void addTo(SummaryText text) {
        parts.forEach(part -> part.addTo(text));
    }
}
