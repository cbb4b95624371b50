package io.tailrace.sinks.jdbc;

import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

import java.io.IOException;

/**
 * Writes records to a table of PostgreSQL, each at least once: with a table whose rows may be
 * written twice, a job that failed and goes on leaves the rows that it would have left without.
 *
 * @param <R> the record
 * @param <K> the key of its row
 */
public final class JdbcSink<R, K extends Comparable<K>> implements Sink<R> {

    private static final long serialVersionUID = 1L;

    private final JdbcSinkSettings settings;
    private final Table<R, K> table;

    public JdbcSink(JdbcSinkSettings settings, Table<R, K> table) {
        this.settings = settings;
        this.table = table;
    }

    @Override
    public SinkWriter<R> createWriter(WriterInitContext context) throws IOException {
        boolean first = context.getTaskInfo().getIndexOfThisSubtask() == 0;
        JdbcWriter<R, K> writer =
                new JdbcWriter<>(
                        settings,
                        table,
                        new JdbcMetrics(context.metricGroup()),
                        context.getProcessingTimeService(),
                        first);
        writer.open();
        return writer;
    }
}
