package io.tailrace.bench.metrics;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.bench.measure.Measuring;
import io.tailrace.bench.measure.Waits;
import io.tailrace.bench.results.JsonLine;
import io.tailrace.bench.results.Rates;
import io.tailrace.bench.results.Results;
import io.tailrace.bench.workload.RequestPool;
import io.tailrace.bench.workload.Workload;
import io.tailrace.jobs.cli.ExitCodes;
import io.tailrace.jobs.cli.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;

/** {@code tailrace bench metrics}. */
@Command(
        name = "metrics",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Measures virtual metrics: whole pipelines, in rounds, each from the same records in"
                    + " memory, which have some 2,000 series.",
            "  pass_through       reads, splits by trace, shuffles, and throws away: as bench sampling's",
            "  metrics            counts spans by window and series, with BlueKing's 28 dimensions",
            "  metrics_and_edges  the same, and pairs spans and counts who calls whom"
        })
public final class MetricsCommand implements Callable<Integer> {

    @Mixin private Results results;
    @Mixin private Measuring measuring;
    @Mixin private Waits waits;

    @Option(
            names = "--modes",
            paramLabel = "MODE",
            split = ",",
            defaultValue = "metrics,metrics_and_edges",
            description =
                    "Which modes run beside pass_through, with commas between (default: all).")
    private List<MetricsMode> others;

    @Override
    public Integer call() throws Exception {
        waits.check(measuring);
        measuring.check();
        Map<MetricsMode, List<MetricsResult>> rounds = measure();
        Rates<MetricsMode> rates = Rates.of(rounds, MetricsResult::spansPerSecond);
        List<String> summary = new ArrayList<>(rates.lines());
        summary.addAll(rates.ratiosTo(MetricsMode.PASS_THROUGH, "%s %.2f"));
        results.report(
                "metrics", summary, markdown(rates, rounds), measuring.profiles(), json(rates));
        return ExitCodes.DONE;
    }

    /** Each once, what all others are compared to first. */
    private Set<MetricsMode> modes() {
        Set<MetricsMode> modes = EnumSet.of(MetricsMode.PASS_THROUGH);
        modes.addAll(others);
        return modes;
    }

    private Map<MetricsMode, List<MetricsResult>> measure()
            throws IOException, InterruptedException {
        measuring.say("making the records");
        RequestPool pool = RequestPool.forAllProcessors(Workload.VARIED);
        MetricsRun runs = new MetricsRun(pool, waits.wholeRun(measuring), waits.pairing());
        return measuring.inRounds(
                List.copyOf(modes()),
                (mode, name) -> {
                    measuring.say(name + ": warming up");
                    MetricsResult result = runs.run(mode, measuring.part(name, mode.toString()));
                    String series = String.format(Locale.ROOT, "%,d series", result.series());
                    measuring.say(name + ": " + result.measured().line(series));
                    return result;
                });
    }

    private List<String> markdown(
            Rates<MetricsMode> rates, Map<MetricsMode, List<MetricsResult>> rounds) {
        long series =
                rounds.values().stream()
                        .flatMap(List::stream)
                        .mapToLong(MetricsResult::series)
                        .max()
                        .orElseThrow();
        List<String> lines = new ArrayList<>();
        lines.add(
                String.format(
                        Locale.ROOT,
                        "Spans of 28 dimensions in %,d series a window of 60 s, at 100,000 spans a second"
                                + " of event time; an explicit histogram;",
                        series));
        lines.add(
                "state in RocksDB, a checkpoint every 10 s, exactly once. " + measuring.inWords());
        lines.add(
                "Every run went to its end, where each span that was sent was in a row. Sides of calls"
                        + " wait for %d s of event time.".formatted(waits.pairing().toSeconds()));
        lines.add("");
        lines.addAll(rates.table());
        lines.addAll(rates.ratiosTo(MetricsMode.PASS_THROUGH, "| %s | %.2f |"));
        return lines;
    }

    private ObjectNode json(Rates<MetricsMode> rates) {
        ObjectNode all = JsonLine.object();
        rates.addTo(all);
        for (MetricsMode mode : modes()) {
            double ratio = rates.ratio(mode, MetricsMode.PASS_THROUGH);
            switch (mode) {
                case PASS_THROUGH -> {}
                case METRICS -> all.put("ratio", JsonLine.rounded(ratio, 3));
                case METRICS_AND_EDGES -> all.put("ratio_with_edges", JsonLine.rounded(ratio, 3));
            }
        }
        return all;
    }
}
