package io.tailrace.operators.sampling;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

import io.tailrace.operators.sampling.decision.DecisionRecord;

/** What is counted of one policy. */
final class PolicyMetrics {

    private final Counter tracesKept;
    private final Counter spansKept;
    private final Counter tracesDropped;
    private final Counter spansDropped;
    private final Counter evaluationErrors;

    PolicyMetrics(MetricGroup group) {
        tracesKept = group.counter("traces_kept");
        spansKept = group.counter("spans_kept");
        tracesDropped = group.counter("traces_dropped");
        spansDropped = group.counter("spans_dropped");
        evaluationErrors = group.counter("evaluation_errors");
    }

    void won(DecisionRecord record) {
        (record.sampled() ? tracesKept : tracesDropped).inc();
    }

    /** Of spans of a trace that it won. */
    void handedOn(int kept, int spans) {
        spansKept.inc(kept);
        spansDropped.inc((long) spans - kept);
    }

    void failed() {
        evaluationErrors.inc();
    }
}
