package io.tailrace.bench.discovery;

import io.tailrace.bench.measure.Measured;

/**
 * What one run of one mode showed.
 *
 * @param things in the inventory; 0 where there is none
 */
record DiscoveryResult(Measured measured, long things) {

    double spansPerSecond() {
        return measured.spansPerSecond();
    }
}
