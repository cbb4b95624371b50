package io.tailrace.jobs.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

import java.util.List;
import java.util.concurrent.Callable;

/**
 * {@code tailrace demo}, which is not in the job jar, for it brings a broker and a database along.
 * The launcher starts it itself; whoever starts the jar without it is told so.
 */
@Command(
        name = "demo",
        description = {
            "Shows all of it at work: Kafka, PostgreSQL, traffic and a pipeline in one process.",
            "The demo is no part of the job jar: ./tailrace builds and starts it from the sources,"
                    + " and ./tailrace demo --help tells more."
        })
final class DemoCommand implements Callable<Integer> {

    @Spec private CommandSpec command;
    @Unmatched private List<String> ignored;

    @Override
    public Integer call() {
        command.commandLine()
                .getErr()
                .println("tailrace: the demo is started by ./tailrace demo, from the sources");
        return ExitCodes.WRONG_SPEC;
    }
}
