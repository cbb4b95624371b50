package io.tailrace.sinks.jdbc;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Makes the partitions that rows need, and drops those whose time is over by the greatest
 * watermark. Which ones are there is asked before each batch: other writers and other jobs make and
 * drop them too.
 */
final class Partitions<R> {

    private static final Logger LOG = LoggerFactory.getLogger(Partitions.class);
    private static final long DAY = Duration.ofDays(1).toMillis();

    /** How long in event time until the next try to drop, where somebody reads the table. */
    private static final long LATER = Duration.ofMinutes(1).toMillis();

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final PartitionedTable<R, ?> table;
    private final PartitionStatements statements;
    private final Session session;
    private final JdbcMetrics metrics;
    private final boolean drops;

    /** The greatest watermark so far. */
    private long time = Long.MIN_VALUE;

    /** When in event time partitions are to be dropped next. */
    private long due = Long.MIN_VALUE;

    /**
     * @param drops whether this writer drops them; all make them
     */
    Partitions(
            Database database,
            PartitionedTable<R, ?> table,
            Session session,
            JdbcMetrics metrics,
            boolean drops) {
        this.table = table;
        this.statements = new PartitionStatements(database, table.name());
        this.session = session;
        this.metrics = metrics;
        this.drops = drops;
    }

    private static LocalDate day(long millis) {
        return LocalDate.ofEpochDay(Math.floorDiv(millis, DAY));
    }

    /** Takes the time of a watermark. The last one of a bounded input is no time. */
    void advance(long watermark) {
        if (watermark != Long.MAX_VALUE) {
            time = Math.max(time, watermark);
        }
    }

    /** Whether the day of a row is over, so that its partition is dropped or soon will be. */
    boolean isOver(R row) {
        return time != Long.MIN_VALUE && day(table.time(row)).isBefore(firstKept());
    }

    /** The day that the earliest time to keep is in. */
    private LocalDate firstKept() {
        return day(time - table.keep().toMillis());
    }

    /** Makes the days that are missing; then also the day after each, ahead of its time. */
    void prepare(List<R> rows) throws IOException, InterruptedException {
        SortedSet<LocalDate> needed = new TreeSet<>();
        rows.forEach(row -> needed.add(day(table.time(row))));
        try {
            int made = session.run(connection -> make(connection, needed));
            metrics.partitionsMade(made);
        } catch (SQLException failure) {
            throw Failure.of("Cannot make a partition of table " + table.name(), failure);
        }
    }

    private int make(Connection connection, SortedSet<LocalDate> needed) throws SQLException {
        if (statements.days(connection).containsAll(needed)) {
            return 0;
        }
        statements.lock(connection);
        SortedSet<LocalDate> missing = new TreeSet<>(needed);
        needed.forEach(day -> missing.add(day.plusDays(1)));
        // Once more: another writer may have made them meanwhile.
        missing.removeAll(statements.days(connection));
        for (LocalDate day : missing) {
            statements.make(connection, day);
        }
        return missing.size();
    }

    /** Drops the days that are over, where there are new ones since the last time. */
    void drop() throws IOException, InterruptedException {
        if (!drops || time == Long.MIN_VALUE || time < due) {
            return;
        }
        try {
            boolean done = session.run(this::drop);
            due =
                    done
                            ? (firstKept().toEpochDay() + 1) * DAY + table.keep().toMillis()
                            : time + LATER;
        } catch (SQLException failure) {
            throw Failure.of("Cannot drop old partitions of table " + table.name(), failure);
        }
    }

    /** Gives false where somebody reads the table: whoever came after would wait behind this. */
    private boolean drop(Connection connection) throws SQLException {
        try {
            for (LocalDate day : statements.days(connection).headSet(firstKept())) {
                statements.drop(connection, day);
                connection.commit();
                metrics.partitionDropped();
                LOG.info("Dropped the rows of {} from table {}", day, table.name());
            }
            return true;
        } catch (SQLException failure) {
            if (Fault.state(failure).equals(LOCK_NOT_AVAILABLE)) {
                connection.rollback();
                return false;
            }
            throw failure;
        }
    }
}
