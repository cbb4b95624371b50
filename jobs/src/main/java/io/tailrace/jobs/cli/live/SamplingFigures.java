package io.tailrace.jobs.cli.live;

import java.util.Locale;
import java.util.Map;

/**
 * How far a run of tail sampling is.
 *
 * @param spans read so far
 * @param requests read so far
 * @param open traces that are not decided yet
 * @param kept traces
 * @param notKept traces
 * @param spansKept their spans, late ones included
 * @param lateSpans that came after the decision on their trace
 * @param deadLetters by reason
 * @param restarts of the job; what was read again after one is counted again
 */
public record SamplingFigures(
        long spans,
        long requests,
        long open,
        long kept,
        long notKept,
        long spansKept,
        long lateSpans,
        Map<String, Long> deadLetters,
        long restarts)
        implements Figures {

    public static SamplingFigures of(LiveMetrics metrics) {
        return new SamplingFigures(
                metrics.sum("spans_in"),
                metrics.sum("requests_in"),
                metrics.sum("traces_open"),
                metrics.sum("traces.sampled") + metrics.sum("traces_reconsidered"),
                metrics.sum("traces.not_sampled")
                        + metrics.sum("traces.dropped")
                        - metrics.sum("traces_reconsidered"),
                metrics.sum("spans_kept"),
                metrics.sum("late_spans_kept") + metrics.sum("late_spans_dropped"),
                metrics.sums("dead_letters"),
                metrics.sum(LiveMetrics.RESTARTS));
    }

    @Override
    public String work() {
        return String.format(
                Locale.ROOT, "traces open %,d, kept %,d, not kept %,d", open, kept, notKept);
    }

    @Override
    public void addTo(SummaryText text) {
        long traces = kept + notKept;
        text.line("decided", "%,d traces", traces);
        text.line(
                "kept",
                "%,d traces (%.1f %%), %,d spans (%.1f %%)",
                kept,
                percent(kept, traces),
                spansKept,
                percent(spansKept, spans));
        text.line("late spans", "%,d", lateSpans);
        text.line("still open", "%,d traces", open);
    }

    private static double percent(long part, long whole) {
        return whole == 0 ? 0 : 100.0 * part / whole;
    }
}
