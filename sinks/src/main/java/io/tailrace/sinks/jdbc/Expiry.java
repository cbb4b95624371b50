package io.tailrace.sinks.jdbc;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Deletes the rows of a table that its retention gives up, now and then and not too many at once.
 */
final class Expiry {

    private static final int ROWS_A_STATEMENT = 1000;
    private static final int MOST_STATEMENTS = 10;

    private final Retention retention;
    private final String table;
    private final Session session;
    private final JdbcMetrics metrics;
    private final String delete;

    /** The greatest watermark so far. */
    private long time = Long.MIN_VALUE;

    /** Where it is to go on. */
    private long due = Long.MIN_VALUE;

    Expiry(
            Database database,
            Table<?, ?> table,
            Retention retention,
            Session session,
            JdbcMetrics metrics) {
        this.retention = retention;
        this.table = table.name();
        this.session = session;
        this.metrics = metrics;
        this.delete = Statements.expire(table, retention, database);
    }

    /** Takes the time of a watermark. The last one of a bounded input is no time. */
    void advance(long watermark) {
        if (watermark != Long.MAX_VALUE) {
            if (time == Long.MIN_VALUE) {
                due = watermark + retention.delay().toMillis();
            }
            time = Math.max(time, watermark);
        }
    }

    /** Deletes a part of what is given up, if it is time for that. */
    void run() throws IOException, InterruptedException {
        if (time == Long.MIN_VALUE || time < due) {
            return;
        }
        try {
            for (int i = 0; i < MOST_STATEMENTS; i++) {
                int deleted = session.run(this::delete);
                metrics.expired(deleted);
                if (deleted < ROWS_A_STATEMENT) {
                    due = time + retention.step().toMillis();
                    return;
                }
            }
        } catch (SQLException failure) {
            throw Failure.of("Cannot delete old rows of table " + table, failure);
        }
    }

    private int delete(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(delete)) {
            RowValues values = new RowValues(statement);
            retention.bind(time, values);
            values.whole(ROWS_A_STATEMENT);
            return statement.executeUpdate();
        }
    }
}
