package io.tailrace.jobs.cli;

import io.tailrace.jobs.JobSinks;
import io.tailrace.jobs.JobSpec;
import io.tailrace.sinks.jdbc.Database;
import io.tailrace.sinks.jdbc.Fault;
import io.tailrace.sinks.jdbc.schema.SchemaState;
import io.tailrace.sinks.jdbc.schema.Usage;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/** Asks the databases of a spec before its job starts, and whether their tables are as needed. */
public final class DatabaseReach {

    /** Invalid authorization specification: the user or the password. */
    private static final String AUTHORIZATION = "28";

    private DatabaseReach() {}

    /**
     * @throws UnreachedException where a database does not answer, or refuses the user
     * @throws IOException in words for the user, where it has not the tables that the job writes,
     *     or not for this user
     */
    public static void check(JobSpec spec) throws IOException {
        for (JobSinks.Tables tables : spec.sinks().tables()) {
            Database database = tables.database();
            try (Connection connection = database.connect()) {
                for (Map.Entry<String, Usage> use : new TreeMap<>(tables.uses()).entrySet()) {
                    SchemaState.of(connection, database, use.getKey(), use.getValue())
                            .check(database);
                }
            } catch (SQLException failure) {
                throw new UnreachedException(inWords(database, failure), failure);
            }
        }
    }

    /** What a database that could not be used said, in one line. */
    static String inWords(Database database, SQLException failure) {
        String words = Fault.words(failure);
        if (Fault.state(failure).startsWith(AUTHORIZATION)) {
            return "The database %s refuses the user \"%s\": %s"
                    .formatted(database.address(), database.user(), words);
        }
        return Fault.of(failure) == Fault.PASSING
                ? "The database %s does not answer: %s".formatted(database.address(), words)
                : "The database %s cannot be used: %s".formatted(database.address(), words);
    }
}
