package io.tailrace.sinks.jdbc;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;

import java.util.HashMap;
import java.util.Map;

/** What a writer counts, in the group {@code tailrace}, and what Flink counts of all sinks. */
final class JdbcMetrics {

    private static final Map<String, String> REASONS =
            Map.of("22", "data_exception", "23", "constraint_violation", "54", "limit_exceeded");

    private final SinkWriterMetricGroup flinks;
    private final MetricGroup group;
    private final Counter rowsWritten;
    private final Counter rowsMerged;
    private final Counter rowsExpired;
    private final Counter partitionsMade;
    private final Counter partitionsDropped;
    private final Counter batches;
    private final Counter retries;
    private final Counter flushMillis;
    private final Map<String, Counter> rowsRefused = new HashMap<>();
    private long lastFlushMillis;

    JdbcMetrics(SinkWriterMetricGroup flinks) {
        this.flinks = flinks;
        group = flinks.addGroup("tailrace");
        rowsWritten = group.counter("rows_written");
        rowsMerged = group.counter("rows_merged");
        rowsExpired = group.counter("rows_expired");
        partitionsMade = group.counter("partitions_made");
        partitionsDropped = group.counter("partitions_dropped");
        batches = group.counter("batches");
        retries = group.counter("retries");
        flushMillis = group.counter("flush_ms");
        flinks.setCurrentSendTimeGauge(() -> lastFlushMillis);
    }

    void merged() {
        rowsMerged.inc();
    }

    void written(int rows) {
        batches.inc();
        rowsWritten.inc(rows);
        flinks.getNumRecordsSendCounter().inc(rows);
    }

    void expired(int rows) {
        rowsExpired.inc(rows);
    }

    /** A row that came after its time was over. */
    void expired() {
        rowsExpired.inc();
    }

    void partitionsMade(int partitions) {
        partitionsMade.inc(partitions);
    }

    void partitionDropped() {
        partitionsDropped.inc();
    }

    void retried() {
        retries.inc();
    }

    void flushed(long millis) {
        lastFlushMillis = millis;
        flushMillis.inc(millis);
    }

    /** By the class of its SQLSTATE. */
    void refused(String state) {
        flinks.getNumRecordsSendErrorsCounter().inc();
        rowsRefused
                .computeIfAbsent(
                        REASONS.getOrDefault(state.substring(0, 2), "other"),
                        reason -> group.addGroup("reason", reason).counter("rows_refused"))
                .inc();
    }
}
