package io.tailrace.jobs.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

import java.util.List;
import java.util.concurrent.Callable;

/**
 * A command that is not in the job jar, as it needs what no job does. The launcher starts it
 * itself; whoever starts the jar without it is told so.
 */
abstract class StartedFromSources implements Callable<Integer> {

    @Spec private CommandSpec command;
    @Unmatched private List<String> ignored;

    @Override
    public final Integer call() {
        command.commandLine()
                .getErr()
                .println(
                        "tailrace: this jar has no %1$s: ./tailrace %1$s starts it, from the sources"
                                .formatted(command.name()));
        return ExitCodes.WRONG_SPEC;
    }
}
