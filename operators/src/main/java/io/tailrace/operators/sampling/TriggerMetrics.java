package io.tailrace.operators.sampling;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

import io.tailrace.operators.sampling.decision.DecisionRecord;

/** What is counted of the records of one trigger. */
final class TriggerMetrics {

    private final Counter decisions;
    private final Counter tracesKept;
    private final Counter tracesDropped;
    private final Counter spansKept;
    private final Counter spansDropped;

    TriggerMetrics(MetricGroup group) {
        decisions = group.counter("decisions");
        tracesKept = group.counter("traces_kept");
        tracesDropped = group.counter("traces_dropped");
        spansKept = group.counter("spans_kept");
        spansDropped = group.counter("spans_dropped");
    }

    /**
     * @param kept how many of its spans are handed on
     */
    void decided(DecisionRecord record, int kept) {
        decisions.inc();
        (record.sampled() ? tracesKept : tracesDropped).inc();
        spansKept.inc(kept);
        spansDropped.inc((long) record.spans() - kept);
    }

    /** Of a trace that was decided before. */
    void told() {
        decisions.inc();
    }
}
