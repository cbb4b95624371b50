package io.tailrace.bench.measure;

import java.util.Locale;

/**
 * What one run of one mode showed.
 *
 * @param spansPerSecond in its measured part, by the time of the tasks that send
 * @param longestPauseMillis the longest time of the measured part in which a source reader could
 *     send nothing
 */
public record Measured(double spansPerSecond, double longestPauseMillis, Checkpoints checkpoints) {

    /**
     * A line of progress.
     *
     * @param found what else there is to tell
     */
    public String line(String found) {
        return String.format(
                Locale.ROOT,
                "%,.0f spans/s; %s; longest pause %,.0f ms; %d checkpoints, the longest %,d ms;"
                        + " %,.1f MB of state",
                spansPerSecond,
                found,
                longestPauseMillis,
                checkpoints.completed(),
                checkpoints.longestMillis(),
                checkpoints.stateBytes() / 1e6);
    }
}
