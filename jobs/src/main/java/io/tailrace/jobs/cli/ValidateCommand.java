package io.tailrace.jobs.cli;

import io.tailrace.jobs.Spec;
import io.tailrace.jobs.spec.SpecResult;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;

import java.util.concurrent.Callable;

/** {@code tailrace validate}. */
@Command(
        name = "validate",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Checks a spec and starts nothing; exits with 0, or with 2 and all mistakes.")
final class ValidateCommand implements Callable<Integer> {

    @Mixin private SpecOptions spec;
    @CommandLine.Spec private CommandSpec command;

    @Override
    public Integer call() {
        SpecResult<Spec> result = spec.read(JobSpecs.ALL);
        if (!result.isGood()) {
            SpecOptions.print(result, command.commandLine().getErr());
            return ExitCodes.WRONG_SPEC;
        }
        command.commandLine().getOut().println("The spec is good.");
        return ExitCodes.DONE;
    }
}
