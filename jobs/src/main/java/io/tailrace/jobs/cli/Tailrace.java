package io.tailrace.jobs.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** The command {@code tailrace}. */
@Command(
        name = "tailrace",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Flink jobs for tracing: keeps the traces worth keeping.",
        subcommands = {
            RunCommand.class,
            PreviewCommand.class,
            ValidateCommand.class,
            MigrateCommand.class,
            SchemaCommand.class,
            BenchCommand.class,
            HelpCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done, or stopped as asked",
            "1:the job failed",
            "2:the spec or the command line is wrong"
        },
        footer = {
            "",
            "Try it:  tailrace run config/quickstart.yaml",
            "Each command has its own --help."
        })
public final class Tailrace implements Runnable {

    @Spec private CommandSpec command;

    public static void main(String[] arguments) {
        LogFile.configure();
        System.exit(
                execute(
                        new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                        new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                        arguments));
    }

    /** Runs a command and gives its exit code. */
    static int execute(PrintWriter out, PrintWriter err, String... arguments) {
        return new CommandLine(new Tailrace())
                .setOut(out)
                .setErr(err)
                .setUsageHelpWidth(100)
                .setParameterExceptionHandler((wrong, given) -> refuse(wrong))
                .setExecutionExceptionHandler(
                        (failure, commandLine, parsed) -> {
                            commandLine
                                    .getErr()
                                    .println("tailrace: " + Failures.inOneLine(failure));
                            return ExitCodes.FAILED;
                        })
                .execute(arguments);
    }

    /** In few lines, that the mistake is not lost above all the options. */
    private static int refuse(ParameterException wrong) {
        CommandLine command = wrong.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(wrong.getMessage());
        UnmatchedArgumentException.printSuggestions(wrong, err);
        if (command.getParent() == null) {
            command.usage(err);
        } else {
            err.println("See " + command.getCommandSpec().qualifiedName() + " --help");
        }
        err.flush();
        return ExitCodes.WRONG_SPEC;
    }

    @Override
    public void run() {
        throw new ParameterException(command.commandLine(), "Which command?");
    }
}
