package io.tailrace.sinks.jdbc;

import io.tailrace.sinks.jdbc.schema.SchemaException;
import io.tailrace.sinks.jdbc.schema.SchemaState;
import io.tailrace.sinks.jdbc.schema.Usage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes batches of rows, and takes rows away. A row whose values the table does not take is found
 * by halving its batch; it is counted and handed back, and the others are written.
 */
final class TableWriter<R> {

    private static final Logger LOG = LoggerFactory.getLogger(TableWriter.class);

    /** More refused rows of a writer are only counted. */
    private static final int MOST_LOGGED = 100;

    private final Database database;
    private final Table<R, ?> table;
    private final Session session;
    private final JdbcMetrics metrics;
    private final RefusedRows<R> refused;
    private final String insert;
    private int logged;

    TableWriter(
            Database database,
            Table<R, ?> table,
            Session session,
            JdbcMetrics metrics,
            RefusedRows<R> refused) {
        this.database = database;
        this.table = table;
        this.session = session;
        this.metrics = metrics;
        this.refused = refused;
        this.insert = Statements.insert(table, database);
    }

    /**
     * @throws RuntimeException {@link Failure#lasting}, where the tables are not as this program
     *     needs them, or the user may not write to them
     */
    void open() throws IOException {
        SchemaState state;
        try {
            state =
                    session.run(
                            connection ->
                                    SchemaState.of(connection, database, table.name(), usage()));
        } catch (SQLException failure) {
            throw failed(failure);
        } catch (InterruptedException cancelled) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Cancelled while it waited for " + database);
        }
        try {
            state.check(database);
        } catch (SchemaException wrong) {
            throw Failure.lasting(wrong);
        }
    }

    private Usage usage() {
        if (table instanceof PartitionedTable) {
            return Usage.PARTITIONS;
        }
        return table instanceof ChangingTable ? Usage.CHANGING_ROWS : Usage.ROWS;
    }

    /**
     * @param rows in the order of their keys, each key once
     * @throws IOException where the database is away for too long
     * @throws RuntimeException {@link Failure#lasting}, where it cannot take any row
     */
    void write(List<R> rows) throws IOException, InterruptedException {
        if (table instanceof ChangingTable<R, ?> changing) {
            // In two transactions: only within one must the order of keys be kept.
            var byWhatTheyDo = rows.stream().collect(Collectors.partitioningBy(changing::removes));
            remove(changing, byWhatTheyDo.get(true));
            insert(byWhatTheyDo.get(false));
        } else {
            insert(rows);
        }
    }

    private void insert(List<R> rows) throws IOException, InterruptedException {
        if (rows.isEmpty()) {
            return;
        }
        try {
            session.run(connection -> insert(connection, rows));
            metrics.written(rows.size());
        } catch (SQLException failure) {
            if (Fault.of(failure) != Fault.OF_THE_ROW) {
                throw failed(failure);
            } else if (rows.size() == 1) {
                refuse(rows.get(0), failure);
            } else {
                insert(rows.subList(0, rows.size() / 2));
                insert(rows.subList(rows.size() / 2, rows.size()));
            }
        }
    }

    private int[] insert(Connection connection, List<R> rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            RowValues values = new RowValues(statement);
            for (R row : rows) {
                table.bind(row, values);
                if (values.count() != table.columns().size()) {
                    throw new IllegalStateException(
                            values.count() + " values for the columns of " + table.name());
                }
                values.end();
            }
            return statement.executeBatch();
        }
    }

    private void remove(ChangingTable<R, ?> changing, List<R> rows)
            throws IOException, InterruptedException {
        if (rows.isEmpty()) {
            return;
        }
        try {
            metrics.expired(session.run(connection -> remove(connection, changing, rows)));
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    private int remove(Connection connection, ChangingTable<R, ?> changing, List<R> rows)
            throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(Statements.remove(changing, database))) {
            RowValues values = new RowValues(statement);
            for (R row : rows) {
                changing.bindRemoval(row, values);
                values.end();
            }
            return Arrays.stream(statement.executeBatch()).sum();
        }
    }

    private void refuse(R row, SQLException failure) {
        metrics.refused(Fault.state(failure));
        String words =
                "Table %s of %s refuses a row: %s (SQLSTATE %s)"
                        .formatted(
                                table.name(), database, Fault.words(failure), Fault.state(failure));
        if (logged < MOST_LOGGED) {
            logged++;
            LOG.warn(
                    "{}; its key: {}{}",
                    words,
                    table.key(row),
                    logged == MOST_LOGGED ? "; further ones are counted only" : "");
        }
        refused.take(table, row, words);
    }

    private IOException failed(SQLException failure) {
        return Failure.of(
                "Cannot write to table %s of %s".formatted(table.name(), database), failure);
    }
}
