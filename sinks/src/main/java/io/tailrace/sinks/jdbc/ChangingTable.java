package io.tailrace.sinks.jdbc;

import java.sql.SQLException;

/**
 * A table of which single rows are also taken away. A record that takes its row away and one that
 * writes it are merged by no rule: what comes later is to hold.
 *
 * @param <R> the record
 * @param <K> what tells its rows apart
 */
public interface ChangingTable<R, K extends Comparable<K>> extends Table<R, K> {

    /** Whether a record takes its row away. */
    boolean removes(R row);

    /** Of the row that such a record takes away, as an SQL condition. */
    String removal();

    /** Binds what {@link #removal} asks for. */
    void bindRemoval(R row, RowValues values) throws SQLException;
}
