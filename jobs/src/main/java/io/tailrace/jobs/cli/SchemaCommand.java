package io.tailrace.jobs.cli;

import io.tailrace.jobs.spec.SpecSchema;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/** {@code tailrace schema}. */
@Command(
        name = "schema",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Prints the JSON Schema of specs, for editors.")
final class SchemaCommand implements Callable<Integer> {

    static final String TITLE = "A Tailrace job";

    @Spec private CommandSpec command;

    @Override
    public Integer call() {
        command.commandLine().getOut().print(SpecSchema.of(JobSpecs.ALL, TITLE));
        command.commandLine().getOut().flush();
        return ExitCodes.DONE;
    }
}
