package io.tailrace.sinks.jdbc;

import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

import io.tailrace.operators.input.DeadLetter;
import io.tailrace.operators.sampling.RecordedMetrics;

import java.util.List;

/** A subtask of what writes records to tables. */
public final class WriterHarness<R> implements AutoCloseable {

    private final RecordedMetrics metrics = new RecordedMetrics();
    private final OneInputStreamOperatorTestHarness<R, DeadLetter> harness;
    private long checkpoint;

    public WriterHarness(JdbcSinkSettings settings, Table<R, ?> table) throws Exception {
        this(settings, table, 1, 0);
    }

    public WriterHarness(JdbcSinkSettings settings, Table<R, ?> table, int parallelism, int subtask)
            throws Exception {
        this(settings, List.of(table), parallelism, subtask);
    }

    public WriterHarness(
            JdbcSinkSettings settings,
            List<? extends Table<R, ?>> tables,
            int parallelism,
            int subtask)
            throws Exception {
        MockEnvironment environment =
                new MockEnvironmentBuilder()
                        .setTaskName("sink")
                        .setParallelism(parallelism)
                        .setMaxParallelism(parallelism)
                        .setSubtaskIndex(subtask)
                        .setMetricGroup(metrics.task())
                        .build();
        harness =
                new OneInputStreamOperatorTestHarness<>(
                        new RecordsToTables<>(settings, tables), environment);
        harness.setup();
        harness.open();
    }

    public void write(R record) throws Exception {
        harness.processElement(record, 0);
    }

    public void watermark(long time) throws Exception {
        harness.processWatermark(time);
    }

    /** Lets the wall clock go on to so many milliseconds after the start. */
    void clock(long millis) throws Exception {
        harness.setProcessingTime(millis);
    }

    /** What comes before the barrier goes on. */
    public void checkpoint() throws Exception {
        harness.prepareSnapshotPreBarrier(++checkpoint);
    }

    /** What came out so far. */
    public List<DeadLetter> deadLetters() {
        return harness.extractOutputValues();
    }

    public void endInput() throws Exception {
        harness.endInput();
    }

    public long metric(String name) {
        return metrics.sum(name);
    }

    @Override
    public void close() {
        try {
            harness.close();
        } catch (Exception failure) {
            throw new AssertionError("A writer does not close", failure);
        }
    }
}
