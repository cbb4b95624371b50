package io.tailrace.jobs.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

import java.util.List;
import java.util.concurrent.Callable;

/**
 * {@code tailrace bench}, which is not in the job jar. The launcher starts the benchmarks itself;
 * whoever starts the jar without it is told so.
 */
@Command(
        name = "bench",
        description = {
            "Measures how fast the jobs are.",
            "The benchmarks are no part of the job jar: ./tailrace builds and starts them from the"
                    + " sources, and ./tailrace bench --help tells more."
        })
final class BenchCommand implements Callable<Integer> {

    @Spec private CommandSpec command;
    @Unmatched private List<String> ignored;

    @Override
    public Integer call() {
        command.commandLine()
                .getErr()
                .println(
                        "tailrace: the benchmarks are started by ./tailrace bench, from the sources");
        return ExitCodes.WRONG_SPEC;
    }
}
