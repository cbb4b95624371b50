package io.tailrace.sinks.jdbc;

import java.time.Duration;
import java.util.Optional;

/**
 * A table that is partitioned by days, in UTC, of a column {@code timestamptz}. The writer makes
 * the partitions and drops them; so its user owns the table. Rows of a day go together, and those
 * of all jobs.
 *
 * @param <R> the record
 * @param <K> what tells its rows apart
 */
public interface PartitionedTable<R, K extends Comparable<K>> extends Table<R, K> {

    /** By what a row belongs to a day, milliseconds since the epoch. */
    long time(R row);

    /** A day's rows are dropped once event time is more than this after its end. */
    Duration keep();

    /** None: its partitions go as a whole. */
    @Override
    default Optional<Retention> retention() {
        return Optional.empty();
    }
}
