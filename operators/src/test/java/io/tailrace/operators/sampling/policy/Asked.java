package io.tailrace.operators.sampling.policy;

import io.tailrace.operators.sampling.SamplingSettings;
import io.tailrace.operators.sampling.TestSettings;
import io.tailrace.operators.sampling.decision.CompiledPolicies;
import io.tailrace.operators.sampling.decision.Decision;
import io.tailrace.operators.sampling.decision.TraceKnowledge;
import io.tailrace.operators.sampling.decision.Votes;
import io.tailrace.operators.sampling.evidence.Evidence;
import io.tailrace.operators.sampling.limit.Buckets;
import io.tailrace.operators.span.TraceId;

import java.util.List;

/** Asks policies of whole traces, one after the other, with budgets that begin full. */
final class Asked {

    private final CompiledPolicies compiled;
    private final Buckets buckets;

    Asked(SamplingSettings settings) {
        compiled = new CompiledPolicies(settings);
        buckets = new Buckets(compiled.budgets(), 1);
    }

    static Decision of(List<NamedPolicy> policies, TraceId traceId, Evidence evidence) {
        return new Asked(TestSettings.with(policies).make()).at(0, traceId, evidence);
    }

    /**
     * @param millis the event time at which budgets are asked
     */
    Decision at(long millis, TraceId traceId, Evidence evidence) {
        TraceKnowledge known = new TraceKnowledge(traceId, evidence, true);
        Votes votes = compiled.ask(known);
        if (compiled.needLimiters(votes)) {
            buckets.fill(millis);
            compiled.askLimiters(votes, known, buckets);
        }
        return votes.decision();
    }
}
