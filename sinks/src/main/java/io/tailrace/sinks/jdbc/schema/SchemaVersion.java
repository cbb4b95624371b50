package io.tailrace.sinks.jdbc.schema;

import io.tailrace.sinks.jdbc.Database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * The version that the tables in a schema have: that of the last migration, 0 before the first. It
 * is read without the machinery that migrates.
 */
public final class SchemaVersion {

    /** What this program reads and writes: the version of its last migration. */
    public static final int NEEDED = 3;

    /** Where migrations are written down. Its own name lets others migrate the same schema. */
    static final String HISTORY = "tailrace_schema_history";

    private SchemaVersion() {}

    public static int of(Connection connection, Database database) throws SQLException {
        return hasHistory(connection, database) ? last(connection, database) : 0;
    }

    private static boolean hasHistory(Connection connection, Database database)
            throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "select 1 from pg_catalog.pg_tables where schemaname = ? and tablename = ?")) {
            statement.setString(1, database.schema());
            statement.setString(2, HISTORY);
            try (ResultSet found = statement.executeQuery()) {
                return found.next();
            }
        }
    }

    private static int last(Connection connection, Database database) throws SQLException {
        try (PreparedStatement statement =
                        connection.prepareStatement(
                                "select coalesce(max(version::integer), 0) from "
                                        + database.qualified(HISTORY)
                                        + " where success and version is not null");
                ResultSet version = statement.executeQuery()) {
            version.next();
            return version.getInt(1);
        }
    }

    /**
     * @throws SchemaException unless it is the one needed
     */
    public static void check(int version, Database database) throws SchemaException {
        if (version < NEEDED) {
            throw new SchemaException(
                    "The %s is at version %d, this program needs %d; run: ./tailrace migrate SPEC"
                            .formatted(database, version, NEEDED));
        } else if (version > NEEDED) {
            throw new SchemaException(
                    "The %s is at version %d, this program knows only up to %d; use a newer one"
                            .formatted(database, version, NEEDED));
        }
    }
}
