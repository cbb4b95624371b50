package io.tailrace.bench.metrics;

import io.tailrace.bench.measure.Checkpoints;

/**
 * What one run of one mode showed.
 *
 * @param spansPerSecond in its measured part, by the time of the tasks that send
 * @param longestPauseMillis the longest time of the measured part in which a source reader could
 *     send nothing
 * @param series of a window, the most; 0 where none are counted
 */
record MetricsResult(
        double spansPerSecond, double longestPauseMillis, long series, Checkpoints checkpoints) {}
