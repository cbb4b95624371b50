package io.tailrace.sinks.jdbc;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Deletes the rows of a table that are older than its retention in event time, now and then and not
 * too many at once.
 */
final class Expiry {

    private static final int ROWS_A_STATEMENT = 1000;
    private static final int MOST_STATEMENTS = 10;

    /** In event time; a short retention is looked after more often. */
    private static final Duration GREATEST_STEP = Duration.ofMinutes(1);

    private final Retention retention;
    private final String table;
    private final Session session;
    private final JdbcMetrics metrics;
    private final String delete;
    private final long step;

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
        this.step = Math.min(GREATEST_STEP.toMillis(), retention.keep().toMillis() / 10 + 1);
    }

    /** Takes the time of a watermark. The last one of a bounded input is no time. */
    void advance(long watermark) {
        if (watermark != Long.MAX_VALUE) {
            time = Math.max(time, watermark);
        }
    }

    /** Deletes a part of what is too old, if it is time for that. */
    void run() throws IOException, InterruptedException {
        if (time == Long.MIN_VALUE || time < due) {
            return;
        }
        long before = time - retention.keep().toMillis();
        try {
            for (int i = 0; i < MOST_STATEMENTS; i++) {
                int deleted = session.run(connection -> delete(connection, before));
                metrics.expired(deleted);
                if (deleted < ROWS_A_STATEMENT) {
                    due = time + step;
                    return;
                }
            }
        } catch (SQLException failure) {
            throw Failure.of("Cannot delete old rows of table " + table, failure);
        }
    }

    private int delete(Connection connection, long before) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(delete)) {
            statement.setString(1, retention.owner());
            statement.setLong(2, before);
            statement.setInt(3, ROWS_A_STATEMENT);
            return statement.executeUpdate();
        }
    }
}
