package io.tailrace.sinks.jdbc;

import org.apache.flink.runtime.execution.SuppressRestartsException;

import java.io.IOException;
import java.sql.SQLException;

/** How a writer fails: in words, and for good where starting again will not help. */
final class Failure {

    private Failure() {}

    /**
     * Without the driver's exception, whose text may hold whole statements.
     *
     * @param what could not be done
     * @return for what may pass while the job starts again
     * @throws RuntimeException {@link #lasting}, for what neither time nor a restart will mend
     */
    static IOException of(String what, SQLException failure) {
        IOException words =
                new IOException(
                        "%s: %s (SQLSTATE %s)"
                                .formatted(what, Fault.words(failure), Fault.state(failure)));
        if (Fault.of(failure) == Fault.LASTING) {
            throw lasting(words);
        }
        return words;
    }

    /** Ends a job whatever its restart strategy is. */
    static RuntimeException lasting(IOException words) {
        return new SuppressRestartsException(words);
    }
}
