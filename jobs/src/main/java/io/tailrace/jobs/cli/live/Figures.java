package io.tailrace.jobs.cli.live;

import java.util.Locale;
import java.util.Map;

/**
 * How far a run is.
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
public record Figures(
        long spans,
        long requests,
        long open,
        long kept,
        long notKept,
        long spansKept,
        long lateSpans,
        Map<String, Long> deadLetters,
        long restarts) {

    static Figures of(LiveMetrics metrics) {
        return new Figures(
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

    private long letters() {
        return deadLetters.values().stream().mapToLong(Long::longValue).sum();
    }

    /** One line while the run goes on. */
    public String progress(long seconds, double spansPerSecond) {
        return String.format(
                Locale.ROOT,
                "%4d s  spans in %,d (%,.0f/s)  traces open %,d, kept %,d, not kept %,d  dead"
                        + " letters %,d",
                seconds,
                spans,
                spansPerSecond,
                open,
                kept,
                notKept,
                letters());
    }

    /** Some lines at its end. */
    public String summary(double seconds) {
        long traces = kept + notKept;
        StringBuilder text = new StringBuilder();
        line(text, "read", "%,d spans in %,d requests", spans, requests);
        line(text, "time", "%,.1f s, %,.0f spans/s", seconds, spans / Math.max(seconds, 0.001));
        line(text, "decided", "%,d traces", traces);
        line(
                text,
                "kept",
                "%,d traces (%.1f %%), %,d spans (%.1f %%)",
                kept,
                percent(kept, traces),
                spansKept,
                percent(spansKept, spans));
        line(text, "late spans", "%,d", lateSpans);
        line(text, "still open", "%,d traces", open);
        line(
                text,
                "dead letters",
                "%,d%s",
                letters(),
                deadLetters.isEmpty() ? "" : " " + deadLetters);
        if (restarts > 0) {
            line(text, "restarts", "%,d; what was read again is counted again", restarts);
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String name, String format, Object... values) {
        text.append(String.format(Locale.ROOT, "  %-13s", name))
                .append(String.format(Locale.ROOT, format, values))
                .append(System.lineSeparator());
    }

    private static double percent(long part, long whole) {
        return whole == 0 ? 0 : 100.0 * part / whole;
    }
}
