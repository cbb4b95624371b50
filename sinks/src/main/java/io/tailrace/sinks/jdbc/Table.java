package io.tailrace.sinks.jdbc;

import io.tailrace.sinks.message.JsonFormat;

import java.io.Serializable;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * How records of one kind become rows of a table. Rows may be written again after a failure, so
 * writing one twice must be the same as once.
 *
 * @param <R> the record
 * @param <K> what tells its rows apart, as the table's primary key does, in any order that is
 *     always the same: all writers take rows in this order, so that none waits for another's lock
 *     while it holds one that the other waits for
 */
public interface Table<R, K extends Comparable<K>> extends Serializable {

    /** Its name, without a schema. */
    String name();

    /** The columns that {@link #bind} gives values for, in that order. */
    List<String> columns();

    /** The columns of the primary key. */
    List<String> keyColumns();

    /**
     * What to do with a row whose key is there, as SQL behind {@code on conflict (...)}: {@code do
     * nothing}, or {@code do update set ...}, where {@code excluded} is the new row and {@code
     * present} the one that is there.
     */
    String onConflict();

    /** Whether a record has a row at all. */
    boolean takes(R row);

    K key(R row);

    /**
     * One row for two of the same key, which leaves what both would, the older before the newer;
     * none where only the database can tell.
     */
    Optional<R> merge(R older, R newer);

    void bind(R row, RowValues values) throws SQLException;

    /** How a row that the table refuses is told. */
    JsonFormat<R> format();

    /** For how long rows are kept; for good where it is empty. */
    Optional<Retention> retention();
}
