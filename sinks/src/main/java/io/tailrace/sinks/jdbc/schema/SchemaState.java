package io.tailrace.sinks.jdbc.schema;

import io.tailrace.sinks.jdbc.Database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Whether a user can write to a table.
 *
 * @param missing the privileges that are missing, in words
 * @param version that of the tables; -1 where it may not be read
 */
public record SchemaState(List<String> missing, int version) {

    public static SchemaState of(
            Connection connection, Database database, String table, Usage usage)
            throws SQLException {
        List<String> missing = Privileges.missing(connection, database, table, usage);
        return new SchemaState(
                missing, missing.isEmpty() ? SchemaVersion.of(connection, database) : -1);
    }

    /**
     * @throws SchemaException unless the tables and the privileges are as needed
     */
    public void check(Database database) throws SchemaException {
        if (!missing.isEmpty()) {
            throw new SchemaException(
                    "The user \"%s\" cannot write to the %s; missing: %s"
                            .formatted(database.user(), database, String.join(", ", missing)));
        }
        SchemaVersion.check(version, database);
    }
}
