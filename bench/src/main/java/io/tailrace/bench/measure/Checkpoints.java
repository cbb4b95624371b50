package io.tailrace.bench.measure;

import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.checkpoint.CompletedCheckpointStats;
import org.apache.flink.runtime.checkpoint.TaskStateStats;

import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What Flink tells of the checkpoints of the measured part.
 *
 * @param completed begun and completed in it
 * @param longestMillis from trigger to the last acknowledgement
 * @param longestSyncMillis the longest time that a subtask stood still for its snapshot
 * @param stateBytes what the largest holds, whether it was written now or before
 * @param writtenBytes what the one that wrote most wrote
 */
public record Checkpoints(
        int completed,
        long longestMillis,
        long longestSyncMillis,
        long stateBytes,
        long writtenBytes) {

    /**
     * @param since milliseconds since the epoch
     */
    public static Checkpoints of(CheckpointStatsSnapshot snapshot, long since) {
        List<CompletedCheckpointStats> completed =
                snapshot.getHistory().getCheckpoints().stream()
                        .filter(each -> each.getTriggerTimestamp() >= since)
                        .filter(CompletedCheckpointStats.class::isInstance)
                        .map(CompletedCheckpointStats.class::cast)
                        .toList();
        return new Checkpoints(
                completed.size(),
                most(completed, CompletedCheckpointStats::getEndToEndDuration),
                most(completed, Checkpoints::syncMillis),
                most(completed, CompletedCheckpointStats::getStateSize),
                most(completed, CompletedCheckpointStats::getCheckpointedSize));
    }

    private static long most(
            List<CompletedCheckpointStats> checkpoints,
            ToLongFunction<CompletedCheckpointStats> what) {
        return checkpoints.stream().mapToLong(what).max().orElse(0);
    }

    private static long syncMillis(CompletedCheckpointStats checkpoint) {
        return checkpoint.getAllTaskStateStats().stream()
                .map(TaskStateStats::getSummaryStats)
                .mapToLong(summary -> summary.getSyncCheckpointDurationStats().getMaximum())
                .max()
                .orElse(0);
    }
}
