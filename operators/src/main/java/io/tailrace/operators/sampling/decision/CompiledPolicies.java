package io.tailrace.operators.sampling.decision;

import io.tailrace.operators.sampling.evidence.Evidence;
import io.tailrace.operators.sampling.evidence.SpanConditions;
import io.tailrace.operators.sampling.policy.NamedPolicy;
import io.tailrace.operators.sampling.policy.TraceCondition;
import io.tailrace.operators.span.TraceId;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The policies of a spec, ready to be asked. Compiled once where they run. */
public final class CompiledPolicies {

    private final SpanConditions conditions = new SpanConditions();
    private final List<String> names = new ArrayList<>();
    private final List<TraceCondition> policies = new ArrayList<>();

    public CompiledPolicies(List<NamedPolicy> spec) {
        for (NamedPolicy named : spec) {
            names.add(named.name());
            policies.add(named.policy().compile(conditions));
        }
    }

    /** What must be asked of each span. */
    public SpanConditions conditions() {
        return conditions;
    }

    /** Asks all policies; the first that samples wins. */
    public Decision decide(TraceId traceId, Evidence evidence) {
        Map<String, Vote> votes = new LinkedHashMap<>();
        String winner = null;
        for (int i = 0; i < policies.size(); i++) {
            boolean sampled = policies.get(i).met(traceId, evidence);
            votes.put(names.get(i), sampled ? Vote.SAMPLED : Vote.NOT_SAMPLED);
            if (sampled && winner == null) {
                winner = names.get(i);
            }
        }
        return new Decision(
                winner == null ? Verdict.NOT_SAMPLED : Verdict.SAMPLED,
                winner,
                Collections.unmodifiableMap(votes));
    }
}
