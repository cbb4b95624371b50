package io.tailrace.bench.sampling;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.bench.measure.Rounds;
import io.tailrace.bench.profile.Profiling;
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
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
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
    @Mixin private Profiling profiling;

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
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "How often each is measured, in turns (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "25",
            description = "How long each run is measured (default: ${DEFAULT-VALUE}).")
    private int seconds;

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
        if (rounds < 1 || seconds < 1 || warmUp < 0) {
            throw new ParameterException(
                    command.commandLine(),
                    "--rounds and --seconds must be 1 or more, --warm-up 0 or more");
        }
        profiling.check();
        Map<Integer, Spread> costs = measure();
        double ratio = costs.get(many).median() / costs.get(few).median();
        PrintWriter out = command.commandLine().getOut();
        costs.forEach(
                (open, cost) ->
                        out.printf(
                                Locale.ROOT,
                                "%,11d traces open  %.2f us a span (%.2f to %.2f)%n",
                                open,
                                cost.median(),
                                cost.least(),
                                cost.most()));
        out.printf(Locale.ROOT, "ratio %.2f%n", ratio);
        results.write("scale", markdown(costs, ratio));
        if (!profiling.profiles().isEmpty()) {
            results.write("Profile of scale", Results.describe(profiling.profiles()));
        }
        if (results.json()) {
            out.println(json(costs, ratio));
        }
        out.flush();
        return ExitCodes.DONE;
    }

    /** Microseconds of a core that a span takes, by the number of open traces. */
    private Map<Integer, Spread> measure() throws IOException, InterruptedException {
        int parallelism = Runtime.getRuntime().availableProcessors();
        say("making the records");
        RequestPool pool = RequestPool.of(Workload.SINGLE, parallelism, Mode.ROCKSDB.encoding());
        Map<Integer, List<Double>> costs =
                Rounds.take(
                        rounds,
                        List.of(few, many),
                        (open, name) -> {
                            String run = name + " traces open";
                            Plan plan =
                                    new Plan(
                                            Workload.SINGLE,
                                            open,
                                            Duration.ofSeconds(warmUp),
                                            Duration.ofSeconds(seconds),
                                            parallelism);
                            say(run + ": warming up");
                            ModeResult result =
                                    new ModeRun(plan, Mode.ROCKSDB, pool)
                                            .run(new Watched(run, open + " traces open"));
                            say(run + ": " + SamplingText.line(result));
                            return 1e6 * parallelism / result.spansPerSecond();
                        });
        Map<Integer, Spread> spreads = new LinkedHashMap<>();
        costs.forEach((open, each) -> spreads.put(open, Spread.of(each)));
        return spreads;
    }

    private final class Watched implements MeasuredPart {
        private final String run;
        private final String profile;

        Watched(String run, String profile) {
            this.run = run;
            this.profile = profile;
        }

        @Override
        public void begin() {
            say(run + ": measuring for " + seconds + " s");
            profiling.begin();
        }

        @Override
        public void end() throws IOException {
            profiling.end(profile);
        }
    }

    private void say(String line) {
        PrintWriter err = command.commandLine().getErr();
        err.println(line);
        err.flush();
    }

    private List<String> markdown(Map<Integer, Spread> costs, double ratio) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "Traces of one span of 300 bytes, state in RocksDB; medians of %d rounds of %d s, in"
                                .formatted(rounds, seconds)
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

    private static String json(Map<Integer, Spread> costs, double ratio) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode all = mapper.createObjectNode();
        ObjectNode micros = all.putObject("us_per_span");
        costs.forEach((open, cost) -> micros.put(Integer.toString(open), rounded(cost.median())));
        all.put("ratio", rounded(ratio));
        return mapper.writeValueAsString(all);
    }

    private static BigDecimal rounded(double figure) {
        return BigDecimal.valueOf(figure).setScale(3, RoundingMode.HALF_UP);
    }
}
