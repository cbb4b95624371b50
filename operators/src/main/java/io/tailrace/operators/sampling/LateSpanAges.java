package io.tailrace.operators.sampling;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** Counts late spans by how long after the deadline they came. */
final class LateSpanAges {

    /** Upper bounds in milliseconds, each but the last included. */
    private static final long[] BOUNDS = {1_000, 10_000, 60_000, 600_000, Long.MAX_VALUE};

    private static final String[] NAMES = {"1s", "10s", "1m", "10m", "more"};

    private final Counter[] counters = new Counter[BOUNDS.length];

    LateSpanAges(MetricGroup group) {
        for (int i = 0; i < BOUNDS.length; i++) {
            counters[i] = group.addGroup("age", NAMES[i]).counter("late_spans");
        }
    }

    void add(long millis, int spans) {
        int i = 0;
        while (millis > BOUNDS[i]) {
            i++;
        }
        counters[i].inc(spans);
    }
}
