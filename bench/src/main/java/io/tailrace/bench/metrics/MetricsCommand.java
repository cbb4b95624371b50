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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

/** {@code tailrace bench metrics}. */
@Command(
        name = "metrics",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Measures virtual metrics: whole pipelines, in rounds, each from the same records in"
                    + " memory, which have some 2,000 series.",
            "  pass_through  reads, splits by trace, shuffles, and throws away: as bench sampling's",
            "  metrics       counts spans by window and series, with BlueKing's 28 dimensions"
        })
public final class MetricsCommand implements Callable<Integer> {

    private static final String RATIO = MetricsMode.METRICS + "/" + MetricsMode.PASS_THROUGH;

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

    @Override
    public Integer call() throws Exception {
        measuring.requireAtLeast("--warm-up", warmUp, 0);
        measuring.check();
        Map<MetricsMode, List<MetricsResult>> rounds = measure();
        Map<MetricsMode, List<Double>> perSecond = new LinkedHashMap<>();
        rounds.forEach(
                (mode, each) ->
                        perSecond.put(
                                mode, each.stream().map(MetricsResult::spansPerSecond).toList()));
        Rates<MetricsMode> rates = new Rates<>(perSecond);
        double ratio = rates.ratio(MetricsMode.METRICS, MetricsMode.PASS_THROUGH);
        List<String> summary = new ArrayList<>(rates.lines());
        summary.add(String.format(Locale.ROOT, "%s %.2f", RATIO, ratio));
        results.report(
                "metrics",
                summary,
                markdown(rates, ratio, rounds.get(MetricsMode.METRICS)),
                measuring.profiles(),
                json(rates, ratio));
        return ExitCodes.DONE;
    }

    private Map<MetricsMode, List<MetricsResult>> measure()
            throws IOException, InterruptedException {
        measuring.say("making the records");
        RequestPool pool =
                RequestPool.of(
                        Workload.VARIED,
                        Runtime.getRuntime().availableProcessors(),
                        Encoding.OTLP_PROTO);
        MetricsRun runs = new MetricsRun(pool, Duration.ofSeconds(warmUp), measuring.measured());
        return measuring.inRounds(
                List.of(MetricsMode.values()),
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
            Rates<MetricsMode> rates, double ratio, List<MetricsResult> metrics) {
        List<String> lines = new ArrayList<>();
        lines.add(
                String.format(
                        Locale.ROOT,
                        "Spans of 28 dimensions in %,d series a window of 60 s, at 100,000 spans a second"
                                + " of event time; an explicit histogram;",
                        metrics.get(0).series()));
        lines.add(
                "state in RocksDB, a checkpoint every 10 s, exactly once. Medians of %d rounds, each"
                                .formatted(measuring.rounds())
                        + " measured for %d s; in brackets least and most."
                                .formatted(measuring.measured().toSeconds()));
        lines.add("Every run went to its end, where each span that was sent was in a row.");
        lines.add("");
        lines.addAll(rates.table());
        lines.add(String.format(Locale.ROOT, "| %s | %.2f |", RATIO, ratio));
        return lines;
    }

    private static ObjectNode json(Rates<MetricsMode> rates, double ratio) {
        ObjectNode all = JsonLine.object();
        rates.addTo(all);
        all.put("ratio", JsonLine.rounded(ratio, 3));
        return all;
    }
}
