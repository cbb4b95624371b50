package io.tailrace.sinks.jdbc;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Gathers the rows of a table, one for a key and in the order of keys, and writes them when they
 * are many, and when it is told to. All on the task's own thread.
 */
final class JdbcWriter<R, K extends Comparable<K>> {

    private final Table<R, K> table;
    private final int batchRows;
    private final TableWriter<R> writer;
    private final JdbcMetrics metrics;
    private final TreeMap<K, R> rows = new TreeMap<>();

    /** Null where rows stay for good, or another subtask deletes them. */
    private final Expiry expiry;

    /** Null where the table has none. */
    private final Partitions<R> partitions;

    /**
     * @param expires whether this one deletes old rows
     */
    JdbcWriter(
            JdbcSinkSettings settings,
            Table<R, K> table,
            Session session,
            JdbcMetrics metrics,
            boolean expires,
            RefusedRows<R> refused) {
        Database database = new Database(settings);
        this.table = table;
        this.batchRows = settings.batchRows();
        this.metrics = metrics;
        this.writer = new TableWriter<>(database, table, session, metrics, refused);
        this.expiry =
                table.retention()
                        .filter(retention -> expires)
                        .map(each -> new Expiry(database, table, each, session, metrics))
                        .orElse(null);
        this.partitions =
                table instanceof PartitionedTable<R, K> partitioned
                        ? new Partitions<>(database, partitioned, session, metrics, expires)
                        : null;
    }

    /** Checks that the table is there. */
    void open() throws IOException {
        writer.open();
    }

    /** Takes a record, unless the table has no row for it. */
    void write(R row) throws IOException, InterruptedException {
        if (!table.takes(row)) {
            return;
        }
        if (partitions != null && partitions.isOver(row)) {
            metrics.expired(1);
            return;
        }
        K key = table.key(row);
        R older = rows.putIfAbsent(key, row);
        if (older != null) {
            Optional<R> one = table.merge(older, row);
            if (one.isPresent()) {
                metrics.merged();
            } else {
                writeRows();
            }
            rows.put(key, one.orElse(row));
        }
        if (rows.size() >= batchRows) {
            writeRows();
        }
    }

    /** Takes the time of a watermark. */
    void advance(long watermark) {
        if (expiry != null) {
            expiry.advance(watermark);
        }
        if (partitions != null) {
            partitions.advance(watermark);
        }
    }

    /** Writes what there is. */
    void writeRows() throws IOException, InterruptedException {
        if (rows.isEmpty()) {
            return;
        }
        long begun = System.nanoTime();
        List<R> batch = List.copyOf(rows.values());
        if (partitions != null) {
            partitions.prepare(batch);
        }
        writer.write(batch);
        rows.clear();
        metrics.flushed(Duration.ofNanos(System.nanoTime() - begun).toMillis());
    }

    /** Deletes what is given up, if it is time for that. */
    void expire() throws IOException, InterruptedException {
        if (expiry != null) {
            expiry.run();
        }
        if (partitions != null) {
            partitions.drop();
        }
    }
}
