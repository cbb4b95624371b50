package io.tailrace.bench.sampling;

import io.tailrace.bench.measure.Rounds;
import io.tailrace.bench.profile.Profiling;
import io.tailrace.bench.results.Results;
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
import java.time.Duration;
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
            "  pass_through  the job without its sampler: reads, splits by trace, asks, shuffles",
            "  reference     spans as JSON text in RocksDB, read anew for each condition",
            "  rocksdb       the job as it is",
            "  heap          the job with Flink's heap state backend"
        })
public final class SamplingCommand implements Callable<Integer> {

    @Spec private CommandSpec command;

    @Mixin private Results results;
    @Mixin private Profiling profiling;

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
            defaultValue = "24",
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
        requireAtLeast("--open", open, RequestPool.SPANS_PER_REQUEST);
        requireAtLeast("--rounds", rounds, 1);
        requireAtLeast("--seconds", seconds, 1);
        requireAtLeast("--warm-up", warmUp, 0);
        profiling.check();
        Plan plan =
                new Plan(
                        workload,
                        open,
                        Duration.ofSeconds(warmUp),
                        Duration.ofSeconds(seconds),
                        Runtime.getRuntime().availableProcessors());
        SamplingFigures figures = measure(plan);
        PrintWriter out = command.commandLine().getOut();
        SamplingText.summary(figures).forEach(out::println);
        String heading = String.format(Locale.ROOT, "sampling, %s, %,d spans open", workload, open);
        results.write(heading, SamplingText.markdown(plan, figures));
        if (!profiling.profiles().isEmpty()) {
            results.write("Profile of " + heading, Results.describe(profiling.profiles()));
        }
        if (results.json()) {
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
        Map<Encoding, RequestPool> pools = new EnumMap<>(Encoding.class);
        for (Mode mode : modes) {
            pools.computeIfAbsent(
                    mode.encoding(),
                    encoding -> {
                        say("making the records as " + encoding);
                        return RequestPool.of(plan.workload(), plan.parallelism(), encoding);
                    });
        }
        return new SamplingFigures(
                Rounds.take(
                        rounds,
                        modes,
                        (mode, name) -> {
                            say(name + ": warming up");
                            ModeResult result =
                                    new ModeRun(plan, mode, pools.get(mode.encoding()))
                                            .run(new Watched(mode, name));
                            say(name + ": " + SamplingText.line(result));
                            return result;
                        }));
    }

    private final class Watched implements MeasuredPart {
        private final Mode mode;
        private final String name;

        Watched(Mode mode, String name) {
            this.mode = mode;
            this.name = name;
        }

        @Override
        public void begin() {
            say(name + ": measuring for " + seconds + " s");
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
}
