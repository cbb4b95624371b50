package io.tailrace.bench.discovery;

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

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

/** {@code tailrace bench discovery}. */
@Command(
        name = "discovery",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Measures discovery when everything is known already: whole pipelines, in rounds, each"
                    + " from the same records in memory.",
            "  pass_through  reads, splits by trace, shuffles, and throws away: as bench sampling's",
            "  discovery     finds things in spans, joins spans, and keeps the inventory"
        })
public final class DiscoveryCommand implements Callable<Integer> {

    @Mixin private Results results;
    @Mixin private Measuring measuring;
    @Mixin private Waits waits;

    @Override
    public Integer call() throws Exception {
        waits.check(measuring);
        measuring.check();
        Map<DiscoveryMode, List<DiscoveryResult>> rounds = measure();
        Rates<DiscoveryMode> rates = Rates.of(rounds, DiscoveryResult::spansPerSecond);
        List<String> summary = new ArrayList<>(rates.lines());
        summary.addAll(rates.ratiosTo(DiscoveryMode.PASS_THROUGH, "%s %.2f"));
        results.report(
                "discovery",
                summary,
                markdown(rates, rounds.get(DiscoveryMode.DISCOVERY)),
                measuring.profiles(),
                json(rates));
        return ExitCodes.DONE;
    }

    private Map<DiscoveryMode, List<DiscoveryResult>> measure()
            throws IOException, InterruptedException {
        measuring.say("making the records");
        RequestPool pool = RequestPool.forAllProcessors(Workload.VARIED);
        DiscoveryRun runs = new DiscoveryRun(pool, waits.wholeRun(measuring), waits.pairing());
        return measuring.inRounds(
                List.of(DiscoveryMode.values()),
                (mode, name) -> {
                    measuring.say(name + ": warming up");
                    DiscoveryResult result = runs.run(mode, measuring.part(name, mode.toString()));
                    String things = String.format(Locale.ROOT, "%,d things", result.things());
                    measuring.say(name + ": " + result.measured().line(things));
                    return result;
                });
    }

    private List<String> markdown(Rates<DiscoveryMode> rates, List<DiscoveryResult> rounds) {
        List<String> lines = new ArrayList<>();
        lines.add(
                String.format(
                        Locale.ROOT,
                        "Spans that show %,d things, all known before, at 100,000 spans a second of event"
                                + " time; default settings,",
                        rounds.get(0).things()));
        lines.add(
                "state in RocksDB, a checkpoint every 10 s, exactly once. " + measuring.inWords());
        lines.add(
                "Every run went to its end: nothing was found in its measured part, and each thing was"
                        + " seen until the end.");
        lines.add(
                "Spans that are joined wait for %d s of event time."
                        .formatted(waits.pairing().toSeconds()));
        lines.add("");
        lines.addAll(rates.table());
        lines.addAll(rates.ratiosTo(DiscoveryMode.PASS_THROUGH, "| %s | %.2f |"));
        return lines;
    }

    private static ObjectNode json(Rates<DiscoveryMode> rates) {
        ObjectNode all = JsonLine.object();
        rates.addTo(all);
        double ratio = rates.ratio(DiscoveryMode.DISCOVERY, DiscoveryMode.PASS_THROUGH);
        all.put("ratio", JsonLine.rounded(ratio, 3));
        return all;
    }
}
