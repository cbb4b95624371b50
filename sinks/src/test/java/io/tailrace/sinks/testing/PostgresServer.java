package io.tailrace.sinks.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import static org.awaitility.Awaitility.await;

/**
 * A real PostgreSQL on a free port of the loopback interface, which can be stopped and comes back
 * with what it had. Its user has a password that is in the environment, as that of a spec must be.
 */
public final class PostgresServer implements AutoCloseable {

    /** The name of the variable that holds the user's password: one that every process has. */
    public static final String PASSWORD_VARIABLE = "PATH";

    public static final String USER = "tailrace";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String ACCESS =
            """
            host all postgres all trust
            host all all all scram-sha-256
            """;

    private final AtomicInteger databases = new AtomicInteger();
    private final AtomicInteger users = new AtomicInteger();
    private final Path folder;
    private final int port;
    private EmbeddedPostgres server;

    PostgresServer() throws IOException, SQLException {
        folder = Files.createTempDirectory("tailrace-postgres");
        port = freePort();
        server = start();
        Files.writeString(folder.resolve("pg_hba.conf"), ACCESS);
        admin("select pg_reload_conf()");
        makeUser(USER);
    }

    /** Below those that systems give to connections, so that nobody gets it while this stands. */
    private static int freePort() {
        return new Random()
                .ints(15_000, 32_000)
                .filter(PostgresServer::isFree)
                .findFirst()
                .getAsInt();
    }

    private static boolean isFree(int port) {
        try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return free.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    private EmbeddedPostgres start() throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(folder)
                .setCleanDataDirectory(false)
                .setPort(port)
                .setPGStartupWait(PATIENCE)
                .start();
    }

    /** Makes an empty database of the user's that no other test has. */
    public PostgresDatabase database() throws SQLException {
        String name = "test_" + databases.incrementAndGet();
        admin("create database %s owner %s".formatted(name, USER));
        return new PostgresDatabase("jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, name));
    }

    /** Makes a user with the same password, who may do nothing yet; the name is new. */
    public String user() throws SQLException {
        String name = "user_" + users.incrementAndGet();
        makeUser(name);
        return name;
    }

    /** Makes a user a member of another's role. */
    public void grant(String role, String user) throws SQLException {
        admin("grant %s to %s".formatted(role, user));
    }

    private void makeUser(String name) throws SQLException {
        admin("create role %s login password '%s'".formatted(name, password().replace("'", "''")));
    }

    public static String password() {
        return System.getenv(PASSWORD_VARIABLE);
    }

    private void admin(String sql) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection()) {
            connection.createStatement().execute(sql);
        }
    }

    /** As an operator does; connections are lost. It is gone when this returns. */
    public void stop() throws IOException {
        server.close();
        // What closes it gives up waiting after seconds, and says so to a log alone.
        await().atMost(PATIENCE).until(() -> Files.notExists(folder.resolve("postmaster.pid")));
    }

    public void startAgain() throws IOException {
        server = start();
    }

    @Override
    public void close() throws IOException {
        stop();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
