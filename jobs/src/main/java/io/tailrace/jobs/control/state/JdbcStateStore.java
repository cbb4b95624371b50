package io.tailrace.jobs.control.state;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.sinks.jdbc.Database;
import io.tailrace.sinks.jdbc.Fault;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * A row of a table of PostgreSQL, which is made where it is missing. While it may be written, an
 * advisory lock is held, which ends with the connection.
 */
final class JdbcStateStore implements StateStore {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TABLE = "tailrace_control_state";

    private final Database database;
    private final String name;
    private final Connection connection;

    private JdbcStateStore(Database database, String name, Connection connection) {
        this.database = database;
        this.name = name;
        this.connection = connection;
    }

    /**
     * @param name of the row
     */
    static StateStore open(Database database, String name, boolean toWrite) throws IOException {
        Connection connection = null;
        try {
            connection = database.connect();
            JdbcStateStore store = new JdbcStateStore(database, name, connection);
            if (toWrite) {
                store.lock();
                store.makeTable();
            }
            return store;
        } catch (SQLException failure) {
            close(connection);
            throw inWords(database, failure);
        } catch (IOException taken) {
            close(connection);
            throw taken;
        }
    }

    private void lock() throws SQLException, IOException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "select pg_try_advisory_lock(hashtext(?), hashtext(?))")) {
            statement.setString(1, database.schema() + '.' + TABLE);
            statement.setString(2, name);
            try (ResultSet locked = statement.executeQuery()) {
                locked.next();
                if (!locked.getBoolean(1)) {
                    throw new BusyException("the " + database);
                }
            }
        }
    }

    private void makeTable() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (!exists()) {
                statement.execute("create schema if not exists \"" + database.schema() + '"');
                statement.execute(
                        """
                        create table if not exists %s (
                            name text primary key,
                            state jsonb not null,
                            changed timestamptz not null)
                        """
                                .formatted(database.qualified(TABLE)));
            }
        }
    }

    private boolean exists() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select to_regclass(?)")) {
            statement.setString(1, database.qualified(TABLE));
            try (ResultSet found = statement.executeQuery()) {
                found.next();
                return found.getString(1) != null;
            }
        }
    }

    @Override
    public Optional<ObjectNode> load() throws IOException {
        try {
            if (!exists()) {
                return Optional.empty();
            }
            try (PreparedStatement statement =
                    connection.prepareStatement(
                            "select state from " + database.qualified(TABLE) + " where name = ?")) {
                statement.setString(1, name);
                try (ResultSet row = statement.executeQuery()) {
                    return row.next()
                            ? Optional.of((ObjectNode) JSON.readTree(row.getString(1)))
                            : Optional.empty();
                }
            }
        } catch (SQLException failure) {
            throw inWords(database, failure);
        }
    }

    @Override
    public void save(ObjectNode state) throws IOException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        """
                        insert into %s values (?, ?::jsonb, now())
                        on conflict (name) do update
                        set state = excluded.state, changed = excluded.changed
                        """
                                .formatted(database.qualified(TABLE)))) {
            statement.setString(1, name);
            statement.setString(2, state.toString());
            statement.executeUpdate();
        } catch (SQLException failure) {
            throw inWords(database, failure);
        }
    }

    private static IOException inWords(Database database, SQLException failure) {
        return new IOException(
                "the state in the %s cannot be used: %s".formatted(database, Fault.words(failure)),
                failure);
    }

    private static void close(Connection connection) throws IOException {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException failure) {
            throw new IOException(Fault.words(failure), failure);
        }
    }

    @Override
    public void close() throws IOException {
        close(connection);
    }
}
