package io.tailrace.jobs.cli;

import io.tailrace.jobs.JobSinks;
import io.tailrace.jobs.JobSpec;
import io.tailrace.jobs.spec.SpecResult;
import io.tailrace.sinks.jdbc.Database;
import io.tailrace.sinks.jdbc.schema.SchemaMigration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;

/** {@code tailrace migrate}. */
@Command(
        name = "migrate",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Makes the tables of a spec's jdbc sinks, or brings them to what this version needs.",
            "What is up to date is left alone."
        })
final class MigrateCommand implements Callable<Integer> {

    @Mixin private SpecOptions spec;
    @Spec private CommandSpec command;

    @Override
    public Integer call() {
        PrintWriter out = command.commandLine().getOut();
        PrintWriter err = command.commandLine().getErr();
        SpecResult<JobSpec> result = spec.read();
        if (!result.isGood()) {
            SpecOptions.print(result, err);
            return ExitCodes.WRONG_SPEC;
        }
        Collection<Database> databases =
                result.value().sinks().tables().stream()
                        .map(JobSinks.Tables::database)
                        .collect(
                                Collectors.toMap(
                                        Database::place,
                                        Function.identity(),
                                        (one, same) -> one,
                                        LinkedHashMap::new))
                        .values();
        if (databases.isEmpty()) {
            out.println("The spec has no jdbc sinks; there is nothing to migrate.");
        }
        for (Database database : databases) {
            try {
                out.println(inWords(database, SchemaMigration.run(database)));
            } catch (SQLException failure) {
                return failed(err, DatabaseReach.inWords(database, failure));
            } catch (IOException failure) {
                return failed(err, failure.getMessage());
            }
        }
        out.flush();
        return ExitCodes.DONE;
    }

    private static String inWords(Database database, SchemaMigration done) {
        return done.from() == done.to()
                ? "The %s is up to date at version %d.".formatted(database, done.to())
                : "The %s went from version %d to %d.".formatted(database, done.from(), done.to());
    }

    private int failed(PrintWriter err, String words) {
        command.commandLine().getOut().flush();
        err.println("tailrace: " + words);
        err.flush();
        return ExitCodes.FAILED;
    }
}
