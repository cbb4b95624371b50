package io.tailrace.sinks.jdbc;

import java.io.Serializable;
import java.sql.SQLException;
import java.time.Duration;

/** Which rows of a table go as event time goes on, and how often that is looked after. */
public sealed interface Retention extends Serializable {

    /** Of the rows that go, as SQL. */
    String condition();

    /** Binds what {@link #condition} asks for, at a time in milliseconds since the epoch. */
    void bind(long time, RowValues values) throws SQLException;

    /** The column in whose order they go; an index should begin with it, or end. */
    String order();

    /** How rows are locked, as SQL behind the query for them. */
    String locking();

    /** From one look to the next, in event time. */
    Duration step();

    /** From the first time that is known to the first look. */
    Duration delay();

    /**
     * Rows that are older than a duration. The table should have an index on owner and time.
     *
     * @param ownerColumn a column of text
     * @param owner whose rows are deleted; those of others are let alone
     * @param timeColumn a column of milliseconds since the epoch
     * @param keep a row is deleted once event time is more than this after its own
     */
    record ByAge(String ownerColumn, String owner, String timeColumn, Duration keep)
            implements Retention {

        /** A short retention is looked after more often. */
        private static final Duration GREATEST_STEP = Duration.ofMinutes(1);

        @Override
        public String condition() {
            return "%s = ? and %s < ?".formatted(ownerColumn, timeColumn);
        }

        @Override
        public void bind(long time, RowValues values) throws SQLException {
            values.text(owner).whole(time - keep.toMillis());
        }

        @Override
        public String order() {
            return timeColumn;
        }

        @Override
        public String locking() {
            return "";
        }

        @Override
        public Duration step() {
            Duration part = keep.dividedBy(10).plusMillis(1);
            return part.compareTo(GREATEST_STEP) < 0 ? part : GREATEST_STEP;
        }

        @Override
        public Duration delay() {
            return Duration.ZERO;
        }
    }

    /**
     * Rows whose {@code expires_at} is over and that are not {@code permanent}, of whichever job
     * they are. A job that begins does not look at once: it has yet to write what it sees anew.
     *
     * @param step in event time
     */
    record Sweep(Duration step) implements Retention {

        @Override
        public String condition() {
            return "expires_at <= ? and not permanent";
        }

        @Override
        public void bind(long time, RowValues values) throws SQLException {
            values.time(time);
        }

        @Override
        public String order() {
            return "expires_at";
        }

        /** It waits for no writer; so no writer that waits for it holds what it wants. */
        @Override
        public String locking() {
            return "for update skip locked";
        }

        @Override
        public Duration delay() {
            return step;
        }
    }
}
