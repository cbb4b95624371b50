package io.tailrace.bench;

import io.tailrace.bench.discovery.DiscoveryCommand;
import io.tailrace.bench.kafka.KafkaCommand;
import io.tailrace.bench.metrics.MetricsCommand;
import io.tailrace.bench.sampling.SamplingCommand;
import io.tailrace.bench.sampling.ScaleCommand;
import io.tailrace.bench.state.StateCommand;
import io.tailrace.jobs.cli.Program;
import io.tailrace.jobs.cli.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code tailrace bench}. */
@Command(
        name = "tailrace bench",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Measures how fast the jobs are, on this machine and all of its cores.",
        subcommands = {
            SamplingCommand.class,
            MetricsCommand.class,
            DiscoveryCommand.class,
            KafkaCommand.class,
            ScaleCommand.class,
            StateCommand.class
        },
        footer = {"", "Each command has its own --help."})
public final class Bench implements Runnable {

    @Spec private CommandSpec command;

    public static void main(String[] arguments) {
        Program.main(new Bench(), arguments);
    }

    @Override
    public void run() {
        throw new ParameterException(command.commandLine(), "Which command?");
    }
}
