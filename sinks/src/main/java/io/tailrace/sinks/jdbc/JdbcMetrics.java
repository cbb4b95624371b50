package io.tailrace.sinks.jdbc;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

import java.util.HashMap;
import java.util.Map;

/** What a writer counts, in the group {@code tailrace}. */
final class JdbcMetrics {

    private static final Map<String, String> REASONS =
            Map.of("22", "data_exception", "23", "constraint_violation", "54", "limit_exceeded");

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

    JdbcMetrics(MetricGroup operator) {
        group = operator.addGroup("tailrace");
        rowsWritten = group.counter("rows_written");
        rowsMerged = group.counter("rows_merged");
        rowsExpired = group.counter("rows_expired");
        partitionsMade = group.counter("partitions_made");
        partitionsDropped = group.counter("partitions_dropped");
        batches = group.counter("batches");
        retries = group.counter("retries");
        flushMillis = group.counter("flush_ms");
    }

    void merged() {
        rowsMerged.inc();
    }

    void written(int rows) {
        batches.inc();
        rowsWritten.inc(rows);
    }

    /** Rows that were deleted, or came after their time was over. */
    void expired(int rows) {
        rowsExpired.inc(rows);
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
        flushMillis.inc(millis);
    }

    /** By the class of its SQLSTATE. */
    void refused(String state) {
        rowsRefused
                .computeIfAbsent(
                        REASONS.getOrDefault(state.substring(0, 2), "other"),
                        reason -> group.addGroup("reason", reason).counter("rows_refused"))
                .inc();
    }
}
