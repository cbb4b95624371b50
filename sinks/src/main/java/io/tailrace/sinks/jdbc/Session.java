package io.tailrace.sinks.jdbc;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * A connection that is made when it is needed, and made anew after a failure. What fails for a
 * passing reason is tried again, less and less often, until the time for that is over.
 */
final class Session implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);
    private static final Duration FIRST_DELAY = Duration.ofMillis(200);
    private static final Duration GREATEST_DELAY = Duration.ofSeconds(10);

    /** So that writers that failed together do not come back together. */
    private static final double JITTER = 0.25;

    private final Database database;
    private final RetryPolicy<Object> retries;
    private Connection connection;

    /** What is done in one transaction; it may be done again. */
    @FunctionalInterface
    interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    /**
     * @param retried called before each new try
     */
    Session(Database database, Duration retryTime, Runnable retried) {
        this.database = database;
        this.retries =
                RetryPolicy.builder()
                        .handleIf(Session::isPassing)
                        .withMaxRetries(-1)
                        .withMaxDuration(retryTime)
                        .withBackoff(FIRST_DELAY, GREATEST_DELAY)
                        .withJitter(JITTER)
                        .onRetry(attempt -> retried.run())
                        .build();
    }

    private static boolean isPassing(Throwable failure) {
        return failure instanceof SQLException sql && Fault.of(sql) == Fault.PASSING;
    }

    /**
     * Does the work and commits it.
     *
     * @throws SQLException what a new try cannot mend, or what lasted too long
     */
    <T> T run(Work<T> work) throws SQLException, InterruptedException {
        try {
            return Failsafe.with(retries).get(() -> attempt(work));
        } catch (FailsafeException failure) {
            if (failure.getCause() instanceof SQLException sql) {
                throw sql;
            } else if (failure.getCause() instanceof InterruptedException interrupt) {
                throw interrupt;
            }
            throw failure;
        }
    }

    private <T> T attempt(Work<T> work) throws SQLException {
        boolean usable = false;
        try {
            T result = work.with(connection());
            connection.commit();
            usable = true;
            return result;
        } catch (SQLException failure) {
            usable = Fault.of(failure) == Fault.OF_THE_ROW && isRolledBack();
            if (Fault.of(failure) == Fault.PASSING) {
                LOG.warn(
                        "The {}: {} (SQLSTATE {})",
                        database,
                        Fault.words(failure),
                        Fault.state(failure));
            }
            throw failure;
        } finally {
            if (!usable) {
                close();
            }
        }
    }

    private Connection connection() throws SQLException {
        if (connection == null) {
            connection = database.connect();
            connection.setAutoCommit(false);
        }
        return connection;
    }

    private boolean isRolledBack() {
        try {
            connection.rollback();
            return true;
        } catch (SQLException lost) {
            return false;
        }
    }

    @Override
    public void close() {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException gone) {
                LOG.debug("A connection was gone before it was closed", gone);
            }
            connection = null;
        }
    }
}
