package io.tailrace.bench.kafka;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.bench.measure.Measuring;
import io.tailrace.bench.results.JsonLine;
import io.tailrace.bench.results.Rates;
import io.tailrace.bench.results.Results;
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

    private static final String RATIO = KafkaMode.KAFKA_TO_KAFKA + "/" + KafkaMode.PASS_THROUGH;

    @Spec private CommandSpec command;
    @Mixin private Results results;
    @Mixin private Measuring measuring;

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

    @Override
    public Integer call() throws Exception {
        if (open < RequestPool.SPANS_PER_REQUEST || spans < 10L * open) {
            throw new ParameterException(
                    command.commandLine(),
                    "--open must be %d or more, and --spans ten times that or more"
                            .formatted(RequestPool.SPANS_PER_REQUEST));
        }
        measuring.check();
        Rates<KafkaMode> rates = new Rates<>(measure());
        double ratio = rates.ratio(KafkaMode.KAFKA_TO_KAFKA, KafkaMode.PASS_THROUGH);
        List<String> summary = new ArrayList<>(rates.lines());
        summary.add(String.format(Locale.ROOT, "%s %.2f", RATIO, ratio));
        results.report(
                String.format(Locale.ROOT, "kafka, %s, %,d spans open", workload, open),
                summary,
                markdown(rates, ratio),
                measuring.profiles(),
                json(rates, ratio));
        return ExitCodes.DONE;
    }

    private Map<KafkaMode, List<Double>> measure() throws IOException, InterruptedException {
        measuring.say("making the records");
        RequestPool pool = RequestPool.forAllProcessors(workload);
        measuring.say(String.format(Locale.ROOT, "filling a topic with %,d spans", spans));
        try (FilledBroker broker = new FilledBroker(pool, spans)) {
            Duration wait = Duration.ofMillis(1000L * open / RequestPool.SPANS_PER_SECOND);
            KafkaRun runs = new KafkaRun(broker, pool, wait, measuring.measured());
            return measuring.inRounds(
                    List.of(KafkaMode.values()),
                    (mode, name) -> {
                        measuring.say(name + ": warming up");
                        double rate = runs.run(mode, measuring.part(name, mode.toString()));
                        measuring.say(String.format(Locale.ROOT, "%s: %,.0f spans/s", name, rate));
                        return rate;
                    });
        }
    }

    private List<String> markdown(Rates<KafkaMode> rates, double ratio) {
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
                        + measuring.rounds()
                        + " rounds, in brackets least and most.");
        lines.add("");
        lines.addAll(rates.table());
        lines.add(String.format(Locale.ROOT, "| %s | %.2f |", RATIO, ratio));
        return lines;
    }

    private static ObjectNode json(Rates<KafkaMode> rates, double ratio) {
        ObjectNode all = JsonLine.object();
        rates.addTo(all);
        all.putObject("ratios").put(RATIO, JsonLine.rounded(ratio, 3));
        return all;
    }
}
