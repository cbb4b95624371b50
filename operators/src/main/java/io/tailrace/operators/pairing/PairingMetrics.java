package io.tailrace.operators.pairing;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

import io.tailrace.operators.application.ServiceCounters;
import io.tailrace.operators.pairing.waiting.WaitingSides;

/** What pairing counts, in the group {@code tailrace}. */
final class PairingMetrics {

    private final MetricGroup group;
    private final Counter pairs;
    private final Counter virtual;
    private final Counter duplicates;
    private final ServiceCounters unpaired;
    private final ServiceCounters aboveLimit;

    PairingMetrics(MetricGroup operator) {
        group = operator.addGroup("tailrace");
        pairs = group.counter("calls_paired");
        virtual = group.counter("calls_to_virtual_nodes");
        duplicates = group.counter("duplicate_sides");
        unpaired = new ServiceCounters(group, "unpaired_spans");
        aboveLimit = new ServiceCounters(group, "sides_above_limit");
    }

    /** What moves between memory and state. */
    WaitingSides.Counts waiting() {
        return new WaitingSides.Counts(
                group.counter("sides_spilled"), group.counter("sides_loaded"));
    }

    /** Shows how many sides wait in memory, and what they take. */
    void watch(WaitingSides waiting) {
        group.gauge("sides_waiting", waiting::size);
        group.gauge("waiting_bytes", waiting::bytes);
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
