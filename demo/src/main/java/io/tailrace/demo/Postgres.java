package io.tailrace.demo;

import io.tailrace.broker.FreePorts;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** A real PostgreSQL on a free port of the loopback interface, with a database for the pipeline. */
final class Postgres implements AutoCloseable {

    static final String USER = "apm";
    static final String PASSWORD = "apm";
    private static final String DATABASE = "apm";
    private static final String PROGRAMS = "ot.epg.working-dir";

    /** A laptop that does much else is slow. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final EmbeddedPostgres server;

    /**
     * Starts it; it is ready when this returns.
     *
     * @param folder for its programs and data
     */
    Postgres(Path folder) throws IOException, SQLException {
        // By its builder, it would leave an empty folder where its own would have been.
        System.setProperty(PROGRAMS, folder.resolve("programs").toString());
        server =
                EmbeddedPostgres.builder()
                        .setDataDirectory(folder.resolve("data"))
                        .setCleanDataDirectory(false)
                        .setPort(FreePorts.some(1)[0])
                        .setPGStartupWait(PATIENCE)
                        .start();
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create role %s login password '%s'".formatted(USER, PASSWORD));
            statement.execute("create database %s owner %s".formatted(DATABASE, USER));
        } catch (SQLException | RuntimeException failure) {
            server.close();
            throw failure;
        }
    }

    /** For {@code url} of a jdbc sink. */
    String url() {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(server.getPort(), DATABASE);
    }

    /** For {@code psql}. */
    String address() {
        return "postgresql://%s:%s@127.0.0.1:%d/%s"
                .formatted(USER, PASSWORD, server.getPort(), DATABASE);
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url(), USER, PASSWORD);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
