package io.tailrace.sinks.jdbc.schema;

import io.tailrace.sinks.jdbc.Database;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Brings the tables in a schema to the version that this program needs. The schema is made where it
 * is missing, and may hold tables of others.
 *
 * @param from the version before
 * @param to the version now
 */
public record SchemaMigration(int from, int to) {

    private static final String MIGRATIONS = "classpath:io/tailrace/sinks/migrations";

    /**
     * @throws SchemaException where it is newer than this program
     * @throws IOException in words, where a migration fails; it leaves no part behind
     * @throws SQLException where the database does not answer
     */
    public static SchemaMigration run(Database database) throws IOException, SQLException {
        int from = version(database);
        if (from > SchemaVersion.NEEDED) {
            SchemaVersion.check(from, database);
        }
        try {
            configuration(database).load().migrate();
        } catch (FlywayException failure) {
            throw new IOException(
                    "The %s cannot be migrated: %s"
                            .formatted(
                                    database, failure.getMessage().strip().replaceAll("\\s+", " ")),
                    failure);
        }
        return new SchemaMigration(from, version(database));
    }

    private static int version(Database database) throws SQLException {
        try (Connection connection = database.connect()) {
            return SchemaVersion.of(connection, database);
        }
    }

    static FluentConfiguration configuration(Database database) {
        return Flyway.configure(SchemaMigration.class.getClassLoader())
                .dataSource(database.dataSource())
                .defaultSchema(database.schema())
                .createSchemas(true)
                .table(SchemaVersion.HISTORY)
                .locations(MIGRATIONS)
                // Tables of others are no reason to stop; ours begin behind version 0.
                .baselineOnMigrate(true)
                .baselineVersion("0");
    }
}
