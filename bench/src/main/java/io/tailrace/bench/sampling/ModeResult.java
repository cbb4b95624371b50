package io.tailrace.bench.sampling;

import io.tailrace.bench.measure.Checkpoints;

/**
 * What one run of one mode showed in its measured part.
 *
 * @param spansPerSecond by the time of the tasks that send
 * @param longestPauseMillis the longest time in which a source reader could send nothing: at a
 *     barrier, or where else it was held back
 * @param keptShare spans kept of spans sent; 0 where nothing is kept
 * @param decisions traces decided
 * @param collectorMillis what Java's garbage collectors say they took, by the wall clock
 */
record ModeResult(
        Mode mode,
        double spansPerSecond,
        long spans,
        double longestPauseMillis,
        double keptShare,
        long decisions,
        long collectorMillis,
        Checkpoints checkpoints) {}
