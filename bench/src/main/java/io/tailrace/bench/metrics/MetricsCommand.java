package io.tailrace.bench.metrics;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.bench.measure.Measuring;
import io.tailrace.bench.results.JsonLine;
import io.tailrace.bench.results.Rates;
import io.tailrace.bench.results.Results;
import io.tailrace.bench.workload.RequestPool;
import io.tailrace.bench.workload.Workload;
import io.tailrace.jobs.cli.ExitCodes;
import io.tailrace.jobs.cli.Version;
import io.tailrace.operators.input.Encoding;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
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

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description =
                    "How long each run warms up at least; it goes on until all series were seen"
                            + " (default: ${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(
            names = "--pairing-wait",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description =
                    "How long a side of a call waits for the other, by the time of the spans"
                            + " (default: ${DEFAULT-VALUE}).")
    private int pairingWait;

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
        measuring.requireAtLeast("--warm-up", warmUp, 0);
        measuring.requireAtLeast("--pairing-wait", pairingWait, 0);
        measuring.check();
        Map<MetricsMode, List<MetricsResult>> rounds = measure();
        Map<MetricsMode, List<Double>> perSecond = new LinkedHashMap<>();
        rounds.forEach(
                (mode, each) ->
                        perSecond.put(
                                mode, each.stream().map(MetricsResult::spansPerSecond).toList()));
        Rates<MetricsMode> rates = new Rates<>(perSecond);
        List<String> summary = new ArrayList<>(rates.lines());
        summary.addAll(ratios(rates, "%s %.2f"));
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

    /** How the other modes compare to passing through, in lines. */
    private List<String> ratios(Rates<MetricsMode> rates, String format) {
        return modes().stream()
                .skip(1)
                .map(
                        mode ->
                                String.format(
                                        Locale.ROOT,
                                        format,
                                        mode + "/" + MetricsMode.PASS_THROUGH,
                                        rates.ratio(mode, MetricsMode.PASS_THROUGH)))
                .toList();
    }

    private Map<MetricsMode, List<MetricsResult>> measure()
            throws IOException, InterruptedException {
        measuring.say("making the records");
        RequestPool pool =
                RequestPool.of(
                        Workload.VARIED,
                        Runtime.getRuntime().availableProcessors(),
                        Encoding.OTLP_PROTO);
        MetricsRun runs =
                new MetricsRun(
                        pool,
                        Duration.ofSeconds(warmUp),
                        measuring.measured(),
                        Duration.ofSeconds(pairingWait));
        return measuring.inRounds(
                List.copyOf(modes()),
                (mode, name) -> {
                    measuring.say(name + ": warming up");
                    MetricsResult result = runs.run(mode, measuring.part(name, mode.toString()));
                    measuring.say(name + ": " + line(result));
                    return result;
                });
    }

    private static String line(MetricsResult result) {
        return String.format(
                Locale.ROOT,
                "%,.0f spans/s; %,d series; longest pause %,.0f ms; %d checkpoints, the longest"
                        + " %,d ms; %,.1f MB of state",
                result.spansPerSecond(),
                result.series(),
                result.longestPauseMillis(),
                result.checkpoints().completed(),
                result.checkpoints().longestMillis(),
                result.checkpoints().stateBytes() / 1e6);
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
                "state in RocksDB, a checkpoint every 10 s, exactly once. Medians of %d rounds, each"
                                .formatted(measuring.rounds())
                        + " measured for %d s; in brackets least and most."
                                .formatted(measuring.measured().toSeconds()));
        lines.add(
                "Every run went to its end, where each span that was sent was in a row. Sides of calls"
                        + " wait for %d s of event time.".formatted(pairingWait));
        lines.add("");
        lines.addAll(rates.table());
        lines.addAll(ratios(rates, "| %s | %.2f |"));
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
