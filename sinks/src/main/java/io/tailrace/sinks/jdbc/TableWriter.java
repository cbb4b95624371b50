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
import java.util.List;

/**
 * Writes batches of rows. A row whose values the table does not take is found by halving its batch;
 * it is counted and left out, and the others are written.
 */
final class TableWriter<R> {

    private static final Logger LOG = LoggerFactory.getLogger(TableWriter.class);

    /** More refused rows of a writer are only counted. */
    private static final int MOST_LOGGED = 100;

    private final Database database;
    private final Table<R, ?> table;
    private final Session session;
    private final JdbcMetrics metrics;
    private final String insert;
    private int logged;

    TableWriter(Database database, Table<R, ?> table, Session session, JdbcMetrics metrics) {
        this.database = database;
        this.table = table;
        this.session = session;
        this.metrics = metrics;
        this.insert = Statements.insert(table, database);
    }

    /**
     * @throws RuntimeException {@link Failure#lasting}, where the tables are not as this program
     *     needs them, or the user may not write to them
     */
    void open() throws IOException {
        Usage usage = table instanceof PartitionedTable ? Usage.PARTITIONS : Usage.ROWS;
        SchemaState state;
        try {
            state =
                    session.run(
                            connection ->
                                    SchemaState.of(connection, database, table.name(), usage));
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

    /**
     * @param rows in the order of their keys, each key once
     * @throws IOException where the database is away for too long
     * @throws RuntimeException {@link Failure#lasting}, where it cannot take any row
     */
    void write(List<R> rows) throws IOException, InterruptedException {
        try {
            session.run(connection -> insert(connection, rows));
            metrics.written(rows.size());
        } catch (SQLException failure) {
            if (Fault.of(failure) != Fault.OF_THE_ROW) {
                throw failed(failure);
            } else if (rows.size() == 1) {
                refuse(rows.get(0), failure);
            } else {
                write(rows.subList(0, rows.size() / 2));
                write(rows.subList(rows.size() / 2, rows.size()));
            }
        }
    }

    private int[] insert(Connection connection, List<R> rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            RowValues values = new RowValues(statement, table.columns().size());
            for (R row : rows) {
                table.bind(row, values);
                values.end();
            }
            return statement.executeBatch();
        }
    }

    private void refuse(R row, SQLException failure) {
        metrics.refused(Fault.state(failure));
        if (logged < MOST_LOGGED) {
            logged++;
            LOG.warn(
                    "Table {} of {} refuses row {}: {} (SQLSTATE {}){}",
                    table.name(),
                    database,
                    table.key(row),
                    Fault.words(failure),
                    Fault.state(failure),
                    logged == MOST_LOGGED ? "; further ones are counted only" : "");
        }
    }

    private IOException failed(SQLException failure) {
        return Failure.of(
                "Cannot write to table %s of %s".formatted(table.name(), database), failure);
    }
}
