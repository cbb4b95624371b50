package io.tailrace.jobs.cli;

import io.tailrace.jobs.cluster.cli.JobsCommand;
import io.tailrace.jobs.cluster.cli.StopCommand;
import io.tailrace.jobs.cluster.cli.SubmitCommand;
import io.tailrace.jobs.control.cli.ControlCommand;
import io.tailrace.jobs.convert.ConvertCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;

/** The command {@code tailrace}. */
@Command(
        name = "tailrace",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description =
                "Flink jobs for tracing: keep the traces worth keeping, and make metrics of all.",
        subcommands = {
            DemoCommand.class,
            RunCommand.class,
            PreviewCommand.class,
            ValidateCommand.class,
            MigrateCommand.class,
            SchemaCommand.class,
            SubmitCommand.class,
            JobsCommand.class,
            StopCommand.class,
            ConvertCommand.class,
            ControlCommand.class,
            BenchCommand.class,
            HelpCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done, or stopped as asked",
            "1:the job failed",
            "2:the spec or the command line is wrong",
            "3:control plan found differences"
        },
        footer = {
            "",
            "Try it:  tailrace demo --for 60s",
            "         tailrace run config/quickstart.yaml",
            "         tailrace run config/virtual-metrics.yaml",
            "Each command has its own --help."
        })
public final class Tailrace implements Runnable {

    @Spec private CommandSpec command;

    public static void main(String[] arguments) {
        Program.main(new Tailrace(), arguments);
    }

    /** Runs a command and gives its exit code. */
    static int execute(PrintWriter out, PrintWriter err, String... arguments) {
        return Program.execute(new Tailrace(), out, err, arguments);
    }

    @Override
    public void run() {
        throw new ParameterException(command.commandLine(), "Which command?");
    }
}
