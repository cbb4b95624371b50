package io.tailrace.operators.sampling;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

import io.tailrace.operators.sampling.decision.DecisionRecord;

/** What is counted of one policy. */
final class PolicyMetrics {

    private final Counter tracesKept;
    private final Counter spansKept;
    private final Counter tracesDropped;
    private final Counter evaluationErrors;

    PolicyMetrics(MetricGroup group) {
        tracesKept = group.counter("traces_kept");
        spansKept = group.counter("spans_kept");
        tracesDropped = group.counter("traces_dropped");
        evaluationErrors = group.counter("evaluation_errors");
    }

    /**
     * @param kept how many spans are handed on
     */
    void won(DecisionRecord record, int kept) {
        if (record.sampled()) {
            tracesKept.inc();
            spansKept.inc(kept);
        } else {
            tracesDropped.inc();
        }
    }

    void failed() {
        evaluationErrors.inc();
    }
}
