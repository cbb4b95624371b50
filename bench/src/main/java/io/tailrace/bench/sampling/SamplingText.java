package io.tailrace.bench.sampling;

import io.tailrace.bench.results.Spread;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Figures in words and tables. */
final class SamplingText {

    private static final double MEGABYTE = 1e6;

    private SamplingText() {}

    /** One run in one line. */
    static String line(ModeResult result) {
        return String.format(
                Locale.ROOT,
                "%,.0f spans/s; longest pause %,.0f ms; %d checkpoints, the longest %,d ms, standing"
                        + " still %,d ms; %,.0f MB of state; %.1f %% kept; garbage collection %,d ms",
                result.spansPerSecond(),
                result.longestPauseMillis(),
                result.checkpoints().completed(),
                result.checkpoints().longestMillis(),
                result.checkpoints().longestSyncMillis(),
                result.checkpoints().stateBytes() / MEGABYTE,
                100 * result.keptShare(),
                result.collectorMillis());
    }

    /** For the terminal. */
    static List<String> summary(SamplingFigures figures) {
        List<String> lines = new ArrayList<>();
        for (Mode mode : figures.modes()) {
            Spread rate = figures.spread(mode, ModeResult::spansPerSecond);
            lines.add(
                    String.format(
                            Locale.ROOT,
                            "%-13s %,11.0f spans/s (%,.0f to %,.0f), longest pause %,.0f ms",
                            mode,
                            rate.median(),
                            rate.least(),
                            rate.most(),
                            figures.spread(mode, ModeResult::longestPauseMillis).median()));
        }
        figures.ratios()
                .forEach(
                        (name, ratio) ->
                                lines.add(String.format(Locale.ROOT, "%-21s %.2f", name, ratio)));
        return lines;
    }

    /** For the file of results. */
    static List<String> markdown(Plan plan, SamplingFigures figures) {
        List<String> lines = new ArrayList<>();
        lines.add(
                String.format(
                        Locale.ROOT,
                        "Workload %s: %,d spans open at 100,000 spans a second of event time, 10 spans"
                                + " a trace, about 900 bytes a span",
                        plan.workload(),
                        plan.open()));
        lines.add(
                "that is cut out alone, 5 % of the traces kept; a checkpoint every 10 s, exactly once;"
                        + " parallelism %d.".formatted(plan.parallelism()));
        lines.add(
                "Medians of %d rounds, each measured for %d s; in brackets least and most."
                        .formatted(
                                figures.rounds(figures.modes().iterator().next()).size(),
                                plan.measured().toSeconds()));
        lines.add("");
        lines.add(
                "| mode | spans/s | longest pause of input, ms | checkpoints | longest, ms | standing"
                        + " still, ms | state, MB | written at most, MB | kept | garbage collection, ms"
                        + " |");
        lines.add("|---|---|---|---|---|---|---|---|---|---|");
        for (Mode mode : figures.modes()) {
            lines.add(row(mode, figures));
        }
        lines.add("");
        lines.add(
                "The pause is the longest time between two requests that a source reader handed on;"
                        + " standing still is Flink's synchronous part of a snapshot.");
        lines.add("");
        lines.add("| ratio of spans/s | |");
        lines.add("|---|---|");
        figures.ratios()
                .forEach(
                        (name, ratio) ->
                                lines.add(
                                        String.format(Locale.ROOT, "| %s | %.2f |", name, ratio)));
        return lines;
    }

    private static String row(Mode mode, SamplingFigures figures) {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | %s | %s | %s | %s | %.1f %% | %s |",
                mode,
                spread(figures.spread(mode, ModeResult::spansPerSecond)),
                spread(figures.spread(mode, ModeResult::longestPauseMillis)),
                spread(figures.spread(mode, each -> each.checkpoints().completed())),
                spread(figures.spread(mode, each -> each.checkpoints().longestMillis())),
                spread(figures.spread(mode, each -> each.checkpoints().longestSyncMillis())),
                spread(figures.spread(mode, each -> each.checkpoints().stateBytes() / MEGABYTE)),
                spread(figures.spread(mode, each -> each.checkpoints().writtenBytes() / MEGABYTE)),
                100 * figures.spread(mode, ModeResult::keptShare).median(),
                spread(figures.spread(mode, ModeResult::collectorMillis)));
    }

    private static String spread(Spread spread) {
        return String.format(
                Locale.ROOT,
                "%,.0f (%,.0f to %,.0f)",
                spread.median(),
                spread.least(),
                spread.most());
    }
}
