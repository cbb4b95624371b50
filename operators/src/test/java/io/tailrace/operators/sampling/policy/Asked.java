package io.tailrace.operators.sampling.policy;

import io.tailrace.operators.sampling.TestSettings;
import io.tailrace.operators.sampling.decision.CompiledPolicies;
import io.tailrace.operators.sampling.decision.Decision;
import io.tailrace.operators.sampling.decision.TraceKnowledge;
import io.tailrace.operators.sampling.decision.Votes;
import io.tailrace.operators.sampling.evidence.Evidence;
import io.tailrace.operators.sampling.limit.Buckets;
import io.tailrace.operators.span.TraceId;

import java.util.List;

/** Asks policies of a whole trace, with budgets that nobody has spent of. */
final class Asked {

    private Asked() {}

    static Decision of(List<NamedPolicy> policies, TraceId traceId, Evidence evidence) {
        CompiledPolicies compiled = new CompiledPolicies(TestSettings.with(policies).make());
        TraceKnowledge known = new TraceKnowledge(traceId, evidence, true);
        Votes votes = compiled.ask(known);
        if (compiled.needLimiters(votes)) {
            compiled.askLimiters(votes, known, new Buckets(compiled.budgets(), 1));
        }
        return votes.decision();
    }
}
