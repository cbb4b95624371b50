package io.tailrace.sinks.jdbc;

import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

import io.tailrace.operators.input.DeadLetter;
import io.tailrace.operators.input.Origin;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes records to tables of PostgreSQL: when rows are many, at intervals, before each barrier and
 * at the end. Each is written at least once: with tables whose rows may be written twice, a job
 * that failed and goes on leaves the rows that it would have left without. While the database is
 * away the task waits, and so does what comes before it. What comes out are the rows that can never
 * be written.
 *
 * <p>It is no {@code Sink}, which could hand nothing on. Time by the clock only says when rows are
 * written, never which.
 *
 * @param <R> the record
 */
public final class RecordsToTables<R> extends AbstractStreamOperator<DeadLetter>
        implements OneInputStreamOperator<R, DeadLetter>, BoundedOneInput {

    private static final long serialVersionUID = 1L;

    private final JdbcSinkSettings settings;
    private final List<Table<R, ?>> tables;

    private transient Session session;
    private transient List<JdbcWriter<R, ?>> writers;

    /**
     * @param tables each takes of the records what it has rows for
     */
    public RecordsToTables(JdbcSinkSettings settings, List<? extends Table<R, ?>> tables) {
        this.settings = settings;
        this.tables = new ArrayList<>(tables);
    }

    @Override
    public void open() throws Exception {
        super.open();
        JdbcMetrics metrics = new JdbcMetrics(getMetricGroup());
        session = new Session(new Database(settings), settings.retryTime(), metrics::retried);
        writers = new ArrayList<>();
        boolean first = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0;
        for (Table<R, ?> table : tables) {
            writers.add(writer(table, metrics, first));
        }
        for (JdbcWriter<R, ?> writer : writers) {
            writer.open();
        }
        writeAtNextInterval();
    }

    private <K extends Comparable<K>> JdbcWriter<R, K> writer(
            Table<R, K> table, JdbcMetrics metrics, boolean first) {
        return new JdbcWriter<>(settings, table, session, metrics, first, this::refused);
    }

    private void writeAtNextInterval() {
        var unused =
                getProcessingTimeService()
                        .registerTimer(
                                getProcessingTimeService().getCurrentProcessingTime()
                                        + settings.flushInterval().toMillis(),
                                time -> {
                                    flush();
                                    writeAtNextInterval();
                                });
    }

    @Override
    public void processElement(StreamRecord<R> element) throws IOException, InterruptedException {
        for (JdbcWriter<R, ?> writer : writers) {
            writer.write(element.getValue());
        }
    }

    @Override
    public void processWatermark(Watermark watermark) throws Exception {
        for (JdbcWriter<R, ?> writer : writers) {
            writer.advance(watermark.getTimestamp());
        }
        super.processWatermark(watermark);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        flush();
        super.prepareSnapshotPreBarrier(checkpointId);
    }

    /** Deletes nothing: that an input ends is no reason to. */
    @Override
    public void endInput() throws IOException, InterruptedException {
        for (JdbcWriter<R, ?> writer : writers) {
            writer.writeRows();
        }
    }

    private void flush() throws IOException, InterruptedException {
        for (JdbcWriter<R, ?> writer : writers) {
            writer.writeRows();
            writer.expire();
        }
    }

    private void refused(Table<R, ?> table, R row, String words) {
        DeadLetter letter =
                DeadLetter.of(
                        DeadLetter.Reason.ROW_REFUSED,
                        words,
                        Origin.ofTable(table.name()),
                        table.format().toBytes(row));
        output.collect(new StreamRecord<>(letter));
    }

    @Override
    public void close() throws Exception {
        if (session != null) {
            session.close();
        }
        super.close();
    }
}
