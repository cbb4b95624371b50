package io.tailrace.jobs.cli.live;

import java.util.Locale;
import java.util.Map;

/**
 * How far a run of virtual metrics is.
 *
 * @param spans read so far
 * @param requests read so far
 * @param counted spans that are in some series
 * @param filtered spans that are not to be counted
 * @param tooLate spans dropped, for their window was closed when they arrived, or when they were
 *     told of
 * @param ahead spans dropped, for they end long after they arrived
 * @param series that came up
 * @param overflowed spans of which some value was replaced, by dimension
 * @param rows made, corrections included
 * @param corrections rows that took the place of others
 * @param calls found between services
 * @param unpaired spans of which no other side was found
 * @param deadLetters by reason
 * @param restarts of the job; what was read again after one is counted again
 */
public record MetricsFigures(
        long spans,
        long requests,
        long counted,
        long filtered,
        long tooLate,
        long ahead,
        long series,
        Map<String, Long> overflowed,
        long rows,
        long corrections,
        long calls,
        long unpaired,
        Map<String, Long> deadLetters,
        long restarts)
        implements Figures {

    public static MetricsFigures of(LiveMetrics metrics) {
        return new MetricsFigures(
                metrics.sum("spans_in"),
                metrics.sum("requests_in"),
                metrics.sum("spans_counted"),
                metrics.sumOfAll("spans_filtered"),
                metrics.sumOfAll("spans_too_late") + metrics.sumOfAll("spans_behind_watermark"),
                metrics.sumOfAll("spans_ahead"),
                metrics.sum("series_admitted"),
                metrics.sums("overflowed_spans"),
                metrics.sum("rows"),
                metrics.sum("rows_corrected"),
                metrics.sum("calls_paired") + metrics.sum("calls_to_virtual_nodes"),
                metrics.sumOfAll("unpaired_spans"),
                metrics.sums("dead_letters"),
                metrics.sum(LiveMetrics.RESTARTS));
    }

    @Override
    public String work() {
        return String.format(
                Locale.ROOT, "series %,d  rows %,d  too late %,d", series, rows, tooLate);
    }

    @Override
    public void addTo(SummaryText text) {
        text.line("counted", "%,d spans", counted);
        text.line("filtered", "%,d spans", filtered);
        text.line("too late", "%,d spans", tooLate);
        text.line("ahead", "%,d spans", ahead);
        text.line("series", "%,d", series);
        text.line(
                "overflowed",
                "%s",
                overflowed.isEmpty() ? "none" : "spans by dimension " + overflowed);
        text.line("rows", "%,d, of these %,d corrections", rows, corrections);
        text.line("calls", "%,d; unpaired %,d spans", calls, unpaired);
    }
}
