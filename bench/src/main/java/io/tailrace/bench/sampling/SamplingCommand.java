package io.tailrace.bench.sampling;

import io.tailrace.bench.measure.Measuring;
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

    @Mixin private Results results;
    @Mixin private Measuring measuring;

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
        measuring.requireAtLeast("--open", open, RequestPool.SPANS_PER_REQUEST);
        measuring.requireAtLeast("--warm-up", warmUp, 0);
        measuring.check();
        Plan plan =
                new Plan(
                        workload,
                        open,
                        Duration.ofSeconds(warmUp),
                        measuring.measured(),
                        Runtime.getRuntime().availableProcessors());
        SamplingFigures figures = measure(plan);
        results.report(
                String.format(Locale.ROOT, "sampling, %s, %,d spans open", workload, open),
                SamplingText.summary(figures),
                SamplingText.markdown(plan, figures),
                measuring.profiles(),
                SamplingJson.of(plan, figures));
        return ExitCodes.DONE;
    }

    private SamplingFigures measure(Plan plan) throws IOException, InterruptedException {
        Map<Encoding, RequestPool> pools = new EnumMap<>(Encoding.class);
        for (Mode mode : modes) {
            pools.computeIfAbsent(
                    mode.encoding(),
                    encoding -> {
                        measuring.say("making the records as " + encoding);
                        return RequestPool.of(plan.workload(), plan.parallelism(), encoding);
                    });
        }
        return new SamplingFigures(
                measuring.inRounds(
                        modes,
                        (mode, name) -> {
                            measuring.say(name + ": warming up");
                            ModeResult result =
                                    new ModeRun(plan, mode, pools.get(mode.encoding()))
                                            .run(measuring.part(name, mode.toString()));
                            measuring.say(name + ": " + SamplingText.line(result));
                            return result;
                        }));
    }
}
