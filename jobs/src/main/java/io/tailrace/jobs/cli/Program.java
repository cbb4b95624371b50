package io.tailrace.jobs.cli;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Runs commands as all of Tailrace's are run: mistakes and failures in few lines. */
public final class Program {

    private Program() {}

    /** Runs a command as this process, which ends with its exit code. */
    public static void main(Object command, String... arguments) {
        LogFile.configure();
        System.exit(
                execute(
                        command,
                        new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                        new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                        arguments));
    }

    /** Runs a command and gives its exit code. */
    public static int execute(
            Object command, PrintWriter out, PrintWriter err, String... arguments) {
        return new CommandLine(command)
                .setOut(out)
                .setErr(err)
                .setUsageHelpWidth(100)
                .setCaseInsensitiveEnumValuesAllowed(true)
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
}
