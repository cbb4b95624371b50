package io.tailrace.operators.pairing;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

import io.tailrace.operators.application.ServiceCounters;

/** What pairing counts, in the group of the operator's own metrics. */
final class PairingMetrics {

    private final Counter pairs;
    private final Counter virtual;
    private final Counter duplicates;
    private final ServiceCounters unpaired;
    private final ServiceCounters aboveLimit;

    PairingMetrics(MetricGroup group) {
        pairs = group.counter("calls_paired");
        virtual = group.counter("calls_to_virtual_nodes");
        duplicates = group.counter("duplicate_sides");
        unpaired = new ServiceCounters(group, "unpaired_spans");
        aboveLimit = new ServiceCounters(group, "sides_above_limit");
    }

    void made(Call call) {
        (call.clientSide() == null || call.serverSide() == null ? virtual : pairs).inc();
    }

    void duplicate() {
        duplicates.inc();
    }

    void unpaired(SpanSide side) {
        unpaired.add(side.service(), 1);
    }

    /** For which there was no room to wait. */
    void aboveLimit(SpanSide side) {
        aboveLimit.add(side.service(), 1);
    }
}
