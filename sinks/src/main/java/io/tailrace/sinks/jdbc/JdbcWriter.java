package io.tailrace.sinks.jdbc;

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.SinkWriter;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;

/**
 * Gathers rows, one for a key and in the order of keys, and writes them when they are many, at
 * intervals, at each checkpoint and at the end. All on the task's own thread.
 */
final class JdbcWriter<R, K extends Comparable<K>> implements SinkWriter<R> {

    private final Table<R, K> table;
    private final int batchRows;
    private final Duration flushInterval;
    private final Session session;
    private final TableWriter<R> writer;
    private final JdbcMetrics metrics;
    private final ProcessingTimeService clock;
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
            JdbcMetrics metrics,
            ProcessingTimeService clock,
            boolean expires) {
        Database database = new Database(settings);
        this.table = table;
        this.batchRows = settings.batchRows();
        this.flushInterval = settings.flushInterval();
        this.metrics = metrics;
        this.clock = clock;
        this.session = new Session(database, settings.retryTime(), metrics::retried);
        this.writer = new TableWriter<>(database, table, session, metrics);
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

    /** Checks that the tables are there, and begins to write at intervals. */
    void open() throws IOException {
        writer.open();
        writeAtNextInterval();
    }

    private void writeAtNextInterval() {
        var unused =
                clock.registerTimer(
                        clock.getCurrentProcessingTime() + flushInterval.toMillis(),
                        time -> {
                            flush(false);
                            writeAtNextInterval();
                        });
    }

    @Override
    public void write(R row, Context context) throws IOException, InterruptedException {
        if (!table.takes(row)) {
            return;
        }
        if (partitions != null && partitions.isOver(row)) {
            metrics.expired();
            return;
        }
        rows.merge(
                table.key(row),
                row,
                (older, newer) -> {
                    metrics.merged();
                    return table.merge(older, newer);
                });
        if (rows.size() >= batchRows) {
            writeRows();
        }
    }

    @Override
    public void writeWatermark(Watermark watermark) {
        if (expiry != null) {
            expiry.advance(watermark.getTimestamp());
        }
        if (partitions != null) {
            partitions.advance(watermark.getTimestamp());
        }
    }

    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
        writeRows();
        if (expiry != null) {
            expiry.run();
        }
        if (partitions != null) {
            partitions.drop();
        }
    }

    private void writeRows() throws IOException, InterruptedException {
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

    @Override
    public void close() {
        session.close();
    }
}
