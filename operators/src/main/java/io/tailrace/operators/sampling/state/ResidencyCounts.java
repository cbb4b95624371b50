package io.tailrace.operators.sampling.state;

import org.apache.flink.metrics.Counter;

/**
 * What moves between memory and state.
 *
 * @param written traces written to state, be it for a checkpoint or to make room
 * @param spilled traces that left memory to make room
 * @param loaded traces that came back into it
 */
public record ResidencyCounts(Counter written, Counter spilled, Counter loaded) {}
