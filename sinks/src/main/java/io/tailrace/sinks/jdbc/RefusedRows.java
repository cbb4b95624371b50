package io.tailrace.sinks.jdbc;

/**
 * Takes the rows that a table refuses.
 *
 * @param <R> the record
 */
@FunctionalInterface
interface RefusedRows<R> {

    /**
     * @param words of the database, without values
     */
    void take(Table<R, ?> table, R row, String words);
}
