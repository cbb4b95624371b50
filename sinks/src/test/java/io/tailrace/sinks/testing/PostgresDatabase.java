package io.tailrace.sinks.testing;

import io.tailrace.sinks.jdbc.Database;
import io.tailrace.sinks.jdbc.JdbcSinkSettings;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A database of one test. */
public record PostgresDatabase(String url) {

    /** For sinks under test, which write when a test says so: all at once, and after an hour. */
    public JdbcSinkSettings settings() {
        return settings(100_000, Duration.ofHours(1), Duration.ofSeconds(30));
    }

    public JdbcSinkSettings settings(int batchRows, Duration flushInterval, Duration retryTime) {
        return new JdbcSinkSettings(
                url,
                PostgresServer.USER,
                PostgresServer.password(),
                "public",
                batchRows,
                flushInterval,
                retryTime,
                Duration.ofSeconds(10),
                Duration.ofSeconds(10));
    }

    public Database asDatabase() {
        return new Database(settings());
    }

    /** The same for another user and in another schema. */
    public Database asDatabase(String user, String schema) {
        JdbcSinkSettings common = settings();
        return new Database(
                new JdbcSinkSettings(
                        url,
                        user,
                        common.password(),
                        schema,
                        common.batchRows(),
                        common.flushInterval(),
                        common.retryTime(),
                        common.connectTimeout(),
                        common.socketTimeout()));
    }

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url, PostgresServer.USER, PostgresServer.password());
    }

    public void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first column of all rows. */
    public List<String> texts(String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    /** The one number that a query gives. */
    public long number(String sql) throws SQLException {
        return Long.parseLong(texts(sql).get(0));
    }
}
