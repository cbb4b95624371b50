package io.tailrace.bench.sampling;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.bench.measure.Measuring;
import io.tailrace.bench.results.JsonLine;
import io.tailrace.bench.results.Results;
import io.tailrace.bench.results.Spread;
import io.tailrace.bench.workload.RequestPool;
import io.tailrace.bench.workload.Workload;
import io.tailrace.jobs.cli.ExitCodes;
import io.tailrace.jobs.cli.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

/** {@code tailrace bench scale}. */
@Command(
        name = "scale",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Measures what a span costs with few and with many traces open, each of one span of 300"
                    + " bytes; state in RocksDB, the same heap."
        })
public final class ScaleCommand implements Callable<Integer> {

    @Spec private CommandSpec command;
    @Mixin private Results results;
    @Mixin private Measuring measuring;

    @Option(
            names = "--few",
            paramLabel = "TRACES",
            defaultValue = "10000",
            description = "Traces open at a time (default: ${DEFAULT-VALUE}).")
    private int few;

    @Option(
            names = "--many",
            paramLabel = "TRACES",
            defaultValue = "1000000",
            description = "Traces open at a time (default: ${DEFAULT-VALUE}).")
    private int many;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description =
                    "How long each run warms up at least; it goes on until the traces are open"
                            + " (default: ${DEFAULT-VALUE}).")
    private int warmUp;

    @Override
    public Integer call() throws Exception {
        if (few < RequestPool.SPANS_PER_REQUEST || many <= few) {
            throw new ParameterException(
                    command.commandLine(),
                    "--few must be %d or more, and --many more than that"
                            .formatted(RequestPool.SPANS_PER_REQUEST));
        }
        measuring.requireAtLeast("--warm-up", warmUp, 0);
        measuring.check();
        Map<Integer, Spread> costs = measure();
        double ratio = costs.get(many).median() / costs.get(few).median();
        results.report(
                "scale",
                summary(costs, ratio),
                markdown(costs, ratio),
                measuring.profiles(),
                json(costs, ratio));
        return ExitCodes.DONE;
    }

    private static List<String> summary(Map<Integer, Spread> costs, double ratio) {
        List<String> lines = new ArrayList<>();
        costs.forEach(
                (open, cost) ->
                        lines.add(
                                String.format(
                                        Locale.ROOT,
                                        "%,11d traces open  %.2f us a span (%.2f to %.2f)",
                                        open,
                                        cost.median(),
                                        cost.least(),
                                        cost.most())));
        lines.add(String.format(Locale.ROOT, "ratio %.2f", ratio));
        return lines;
    }

    /** Microseconds of a core that a span takes, by the number of open traces. */
    private Map<Integer, Spread> measure() throws IOException, InterruptedException {
        int parallelism = Runtime.getRuntime().availableProcessors();
        measuring.say("making the records");
        RequestPool pool = RequestPool.of(Workload.SINGLE, parallelism, Mode.ROCKSDB.encoding());
        Map<Integer, List<Double>> costs =
                measuring.inRounds(
                        List.of(few, many),
                        (open, name) -> {
                            String run = name + " traces open";
                            Plan plan =
                                    new Plan(
                                            Workload.SINGLE,
                                            open,
                                            Duration.ofSeconds(warmUp),
                                            measuring.measured(),
                                            parallelism);
                            measuring.say(run + ": warming up");
                            ModeResult result =
                                    new ModeRun(plan, Mode.ROCKSDB, pool)
                                            .run(measuring.part(run, open + " traces open"));
                            measuring.say(run + ": " + SamplingText.line(result));
                            return 1e6 * parallelism / result.spansPerSecond();
                        });
        Map<Integer, Spread> spreads = new LinkedHashMap<>();
        costs.forEach((open, each) -> spreads.put(open, Spread.of(each)));
        return spreads;
    }

    private List<String> markdown(Map<Integer, Spread> costs, double ratio) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "Traces of one span of 300 bytes, state in RocksDB; medians of %d rounds of %d s, in"
                                .formatted(measuring.rounds(), measuring.measured().toSeconds())
                        + " brackets least and most.");
        lines.add("A span costs the cores' time over the spans that went through.");
        lines.add("");
        lines.add("| open traces | us of a core a span |");
        lines.add("|---|---|");
        costs.forEach(
                (open, cost) ->
                        lines.add(
                                String.format(
                                        Locale.ROOT,
                                        "| %,d | %.2f (%.2f to %.2f) |",
                                        open,
                                        cost.median(),
                                        cost.least(),
                                        cost.most())));
        lines.add(
                String.format(
                        Locale.ROOT,
                        "| %,d / %,d, ratio of the medians | %.2f |",
                        many,
                        few,
                        ratio));
        return lines;
    }

    private static ObjectNode json(Map<Integer, Spread> costs, double ratio) {
        ObjectNode all = JsonLine.object();
        ObjectNode micros = all.putObject("us_per_span");
        costs.forEach(
                (open, cost) ->
                        micros.put(Integer.toString(open), JsonLine.rounded(cost.median(), 3)));
        all.put("ratio", JsonLine.rounded(ratio, 3));
        return all;
    }
}
