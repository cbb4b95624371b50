package io.tailrace.bench.metrics;

import io.tailrace.bench.measure.Measured;

/**
 * What one run of one mode showed.
 *
 * @param series of a window, the most; 0 where none are counted
 */
record MetricsResult(Measured measured, long series) {

    double spansPerSecond() {
        return measured.spansPerSecond();
    }
}
