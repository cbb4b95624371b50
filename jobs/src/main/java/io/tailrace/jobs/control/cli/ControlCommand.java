package io.tailrace.jobs.control.cli;

import io.tailrace.jobs.cli.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tailrace control}. */
@Command(
        name = "control",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description =
                "Registers applications with BlueKing's data platform and GSE, and looks after them.",
        subcommands = {
            PlanCommand.class,
            ApplyCommand.class,
            StatusCommand.class,
            DestroyCommand.class,
            StopCommand.class,
            StartCommand.class,
            AgentsCommand.class,
            ProcessesCommand.class,
            DispatchCommand.class,
            HelpCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done as asked",
            "1:something failed",
            "2:the spec or the command line is wrong",
            "3:plan found differences"
        })
public final class ControlCommand implements Runnable {

    @Spec private CommandSpec command;

    @Override
    public void run() {
        throw new ParameterException(command.commandLine(), "Which command?");
    }
}
