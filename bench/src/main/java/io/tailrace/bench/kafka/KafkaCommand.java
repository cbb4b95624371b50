package io.tailrace.bench.kafka;

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
import io.tailrace.operators.input.Encoding;
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

/** {@code tailrace bench kafka}. */
@Command(
        name = "kafka",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Measures the job from Kafka to Kafka, exactly once, with a real broker in this process and"
                    + " on the same cores, and beside it:",
            "  pass_through  reads from Kafka, splits by trace, shuffles, and throws away"
        })
public final class KafkaCommand implements Callable<Integer> {

    @Spec private CommandSpec command;
    @Mixin private Results results;
    @Mixin private Profiling profiling;

    @Option(
            names = "--workload",
            paramLabel = "NAME",
            defaultValue = "interleaved",
            description =
                    "The spans: ${COMPLETION-CANDIDATES}; see bench sampling (default:"
                            + " ${DEFAULT-VALUE}).")
    private Workload workload;

    @Option(
            names = "--open",
            paramLabel = "SPANS",
            defaultValue = "300000",
            description = "How many spans are open at a time (default: ${DEFAULT-VALUE}).")
    private int open;

    @Option(
            names = "--spans",
            paramLabel = "N",
            defaultValue = "4000000",
            description = "How many spans the topic has (default: ${DEFAULT-VALUE}).")
    private long spans;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "How often each mode runs, in turns (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "25",
            description =
                    "How long each run is measured, unless the topic ends before (default:"
                            + " ${DEFAULT-VALUE}).")
    private int seconds;

    @Override
    public Integer call() throws Exception {
        if (open < RequestPool.SPANS_PER_REQUEST || spans < 10L * open) {
            throw new ParameterException(
                    command.commandLine(),
                    "--open must be %d or more, and --spans ten times that or more"
                            .formatted(RequestPool.SPANS_PER_REQUEST));
        }
        if (rounds < 1 || seconds < 1) {
            throw new ParameterException(
                    command.commandLine(), "--rounds and --seconds must be 1 or more");
        }
        profiling.check();
        Map<KafkaMode, Spread> rates = measure();
        double ratio =
                rates.get(KafkaMode.KAFKA_TO_KAFKA).median()
                        / rates.get(KafkaMode.PASS_THROUGH).median();
        PrintWriter out = command.commandLine().getOut();
        rates.forEach(
                (mode, rate) ->
                        out.printf(
                                Locale.ROOT,
                                "%-14s %,11.0f spans/s (%,.0f to %,.0f)%n",
                                mode,
                                rate.median(),
                                rate.least(),
                                rate.most()));
        out.printf(Locale.ROOT, "kafka_to_kafka/pass_through %.2f%n", ratio);
        String heading = String.format(Locale.ROOT, "kafka, %s, %,d spans open", workload, open);
        results.write(heading, markdown(rates, ratio));
        if (!profiling.profiles().isEmpty()) {
            results.write("Profile of " + heading, Results.describe(profiling.profiles()));
        }
        if (results.json()) {
            out.println(json(rates, ratio));
        }
        out.flush();
        return ExitCodes.DONE;
    }

    private Map<KafkaMode, Spread> measure() throws IOException, InterruptedException {
        say("making the records");
        int lanes = Runtime.getRuntime().availableProcessors();
        RequestPool pool = RequestPool.of(workload, lanes, Encoding.OTLP_PROTO);
        say(String.format(Locale.ROOT, "filling a topic with %,d spans", spans));
        Map<KafkaMode, Spread> spreads = new LinkedHashMap<>();
        try (FilledBroker broker = new FilledBroker(pool, spans)) {
            Duration wait = Duration.ofMillis(1000L * open / RequestPool.SPANS_PER_SECOND);
            KafkaRun runs = new KafkaRun(broker, pool, wait, Duration.ofSeconds(seconds));
            Map<KafkaMode, List<Double>> rates =
                    Rounds.take(
                            rounds,
                            List.of(KafkaMode.values()),
                            (mode, name) -> {
                                say(name + ": warming up");
                                double rate = runs.run(mode, new Watched(mode, name));
                                say(String.format(Locale.ROOT, "%s: %,.0f spans/s", name, rate));
                                return rate;
                            });
            rates.forEach((mode, each) -> spreads.put(mode, Spread.of(each)));
        }
        return spreads;
    }

    private final class Watched implements KafkaRun.Watch {
        private final KafkaMode mode;
        private final String name;

        Watched(KafkaMode mode, String name) {
            this.mode = mode;
            this.name = name;
        }

        @Override
        public void begin() {
            say(name + ": measuring");
            profiling.begin();
        }

        @Override
        public void end() throws IOException {
            profiling.end(mode.toString());
        }
    }

    private void say(String line) {
        PrintWriter err = command.commandLine().getErr();
        err.println(line);
        err.flush();
    }

    private List<String> markdown(Map<KafkaMode, Spread> rates, double ratio) {
        List<String> lines = new ArrayList<>();
        lines.add(
                String.format(
                        Locale.ROOT,
                        "A real broker in the same process and on the same cores; workload %s, %,d spans"
                                + " open, state in RocksDB,",
                        workload,
                        open));
        lines.add(
                "a checkpoint every 10 s, sinks exactly once. Medians of "
                        + rounds
                        + " rounds, in brackets least and most.");
        lines.add("");
        lines.add("| mode | spans/s |");
        lines.add("|---|---|");
        rates.forEach(
                (mode, rate) ->
                        lines.add(
                                String.format(
                                        Locale.ROOT,
                                        "| %s | %,.0f (%,.0f to %,.0f) |",
                                        mode,
                                        rate.median(),
                                        rate.least(),
                                        rate.most())));
        lines.add(String.format(Locale.ROOT, "| kafka_to_kafka/pass_through | %.2f |", ratio));
        return lines;
    }

    private static String json(Map<KafkaMode, Spread> rates, double ratio) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode all = mapper.createObjectNode();
        ObjectNode medians = all.putObject("spans_per_second");
        rates.forEach((mode, rate) -> medians.put(mode.toString(), rounded(rate.median(), 0)));
        all.putObject("ratios").put("kafka_to_kafka/pass_through", rounded(ratio, 3));
        return mapper.writeValueAsString(all);
    }

    private static BigDecimal rounded(double figure, int digits) {
        return BigDecimal.valueOf(figure).setScale(digits, RoundingMode.HALF_UP);
    }
}
