package io.tailrace.bench.sampling;

import io.tailrace.bench.results.Spread;
import io.tailrace.bench.workload.RequestPool;
import io.tailrace.bench.workload.Workload;
import io.tailrace.jobs.cli.ExitCodes;
import io.tailrace.jobs.cli.Version;
import io.tailrace.operators.input.Encoding;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

/** {@code tailrace bench sampling}. */
@Command(
        name = "sampling",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Measures tail sampling: whole pipelines, in rounds, each from the same records in memory.",
            "  pass_through  reads, splits by trace, shuffles, and throws away",
            "  reference     spans as JSON text in RocksDB, read anew for each condition",
            "  rocksdb       the job as it is",
            "  heap          the job with Flink's heap state backend"
        })
public final class SamplingCommand implements Callable<Integer> {

    @Spec private CommandSpec command;

    @Option(names = "--json", description = "Ends with the medians as one line of JSON.")
    private boolean json;

    @Option(
            names = "--workload",
            paramLabel = "NAME",
            defaultValue = "interleaved",
            description =
                    "interleaved: 5,000 traces at a time, span by span; or grouped: as SDKs flush"
                            + " (default: ${DEFAULT-VALUE}).")
    private Workload workload;

    @Option(
            names = "--open",
            paramLabel = "SPANS",
            defaultValue = "1000000",
            description = "How many spans are open at a time (default: ${DEFAULT-VALUE}).")
    private int open;

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
            description = "How long each run is measured (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description =
                    "How long each run warms up at least; it goes on until the spans are open"
                            + " (default: ${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(
            names = "--modes",
            paramLabel = "MODE",
            split = ",",
            defaultValue = "pass_through,reference,rocksdb,heap",
            description = "Which modes run, with commas between (default: all).")
    private List<Mode> modes;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = command.commandLine().getOut();
        requireAtLeast("--open", open, 100);
        requireAtLeast("--rounds", rounds, 1);
        requireAtLeast("--seconds", seconds, 1);
        requireAtLeast("--warm-up", warmUp, 0);
        Plan plan =
                new Plan(
                        workload,
                        open,
                        Duration.ofSeconds(warmUp),
                        Duration.ofSeconds(seconds),
                        Runtime.getRuntime().availableProcessors());
        SamplingFigures figures = measure(plan);
        print(figures, out);
        if (json) {
            out.println(SamplingJson.of(plan, figures));
        }
        out.flush();
        return ExitCodes.DONE;
    }

    private void requireAtLeast(String option, int given, int least) {
        if (given < least) {
            throw new ParameterException(
                    command.commandLine(),
                    "%s must be %d or more, not %d".formatted(option, least, given));
        }
    }

    private SamplingFigures measure(Plan plan) throws IOException, InterruptedException {
        PrintWriter err = command.commandLine().getErr();
        Map<Encoding, RequestPool> pools = new EnumMap<>(Encoding.class);
        for (Mode mode : modes) {
            pools.computeIfAbsent(
                    mode.encoding(),
                    encoding -> {
                        say(err, "Making the records in " + encoding);
                        return RequestPool.of(plan.workload(), plan.parallelism(), encoding);
                    });
        }
        Map<Mode, List<ModeResult>> results = new EnumMap<>(Mode.class);
        for (int round = 1; round <= rounds; round++) {
            for (Mode mode : modes) {
                String name = "round %d of %d, %s".formatted(round, rounds, mode);
                say(err, name + ": warming up");
                ModeResult result =
                        new ModeRun(plan, mode, pools.get(mode.encoding()))
                                .run(() -> say(err, name + ": measuring for " + seconds + " s"));
                results.computeIfAbsent(mode, none -> new ArrayList<>()).add(result);
                say(err, name + ": " + describe(result));
            }
        }
        return new SamplingFigures(results);
    }

    private static String describe(ModeResult result) {
        return String.format(
                Locale.ROOT,
                "%,.0f spans/s, longest pause %,.0f ms, %d checkpoints (longest %,d ms, %,d ms of"
                        + " it standing still, %,d MB of state), %.1f %% kept, collectors %,d ms",
                result.spansPerSecond(),
                result.longestPauseMillis(),
                result.checkpoints().completed(),
                result.checkpoints().longestMillis(),
                result.checkpoints().longestSyncMillis(),
                result.checkpoints().stateBytes() / 1_000_000,
                100 * result.keptShare(),
                result.collectorMillis());
    }

    private static void print(SamplingFigures figures, PrintWriter out) {
        for (Mode mode : figures.modes()) {
            Spread rate = figures.spread(mode, ModeResult::spansPerSecond);
            out.printf(
                    Locale.ROOT,
                    "%-13s %,11.0f spans/s (%,.0f to %,.0f), longest pause %,.0f ms%n",
                    mode,
                    rate.median(),
                    rate.least(),
                    rate.most(),
                    figures.spread(mode, ModeResult::longestPauseMillis).median());
        }
        figures.ratios()
                .forEach((name, ratio) -> out.printf(Locale.ROOT, "%-22s %.2f%n", name, ratio));
    }

    private static void say(PrintWriter err, String line) {
        err.println(line);
        err.flush();
    }
}
