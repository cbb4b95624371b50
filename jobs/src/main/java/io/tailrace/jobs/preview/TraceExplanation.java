package io.tailrace.jobs.preview;

import io.tailrace.operators.sampling.SamplingSettings;
import io.tailrace.operators.sampling.decision.DecisionRecord;
import io.tailrace.operators.sampling.explanation.Explainer;
import io.tailrace.operators.sampling.explanation.PolicyExplanation;

import java.util.List;

/**
 * Why a trace was kept or not.
 *
 * @param record of its decision; as reconsidered, where late spans had it so
 * @param lateSpans that came after the decision
 * @param services whose spans the decision saw: their number is in {@code kept}
 * @param policies in the order of the spec
 */
public record TraceExplanation(
        DecisionRecord record,
        long lateSpans,
        List<Preview.ServiceShare> services,
        List<PolicyExplanation> policies) {

    /** Explains a decision that a dry run made. */
    public static TraceExplanation of(WatchedTraces.Seen seen, SamplingSettings settings) {
        ServiceSpans services = new ServiceSpans();
        services.add(seen.otlp(), Integer.MAX_VALUE);
        DecisionRecord record = seen.record();
        return new TraceExplanation(
                record,
                seen.lateSpans(),
                services.shares(),
                new Explainer(settings).explain(record.traceId(), seen.otlp(), record.decision()));
    }
}
