package io.tailrace.operators.sampling.policy;

import io.tailrace.operators.sampling.evidence.SpanConditions;
import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.Meaning;
import io.tailrace.operators.settings.Setting;

import java.util.List;

/** Keeps a trace that all of its policies keep; each may be met by another span. */
@Meaning("Keeps a trace that all of its policies keep; each may be met by another span")
public record And(
        @Setting(value = "The policies that must all keep it", least = 1, distinct = "name")
                List<NamedPolicy> andSubPolicy)
        implements Policy, Checked {

    @Override
    public void check(Problems problems) {
        for (int i = 0; i < andSubPolicy.size(); i++) {
            if (andSubPolicy.get(i).policy() instanceof And) {
                problems.expected(
                        "and_sub_policy[%d].type".formatted(i), "a policy that holds no others");
            }
        }
    }

    @Override
    public TraceCondition compile(SpanConditions conditions) {
        TraceCondition[] all =
                andSubPolicy.stream()
                        .map(named -> named.policy().compile(conditions))
                        .toArray(TraceCondition[]::new);
        return (traceId, evidence) -> {
            for (TraceCondition each : all) {
                if (!each.met(traceId, evidence)) {
                    return false;
                }
            }
            return true;
        };
    }
}
