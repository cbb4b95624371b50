package io.tailrace.operators.sampling.policy;

import io.tailrace.operators.sampling.decision.CompiledPolicy;
import io.tailrace.operators.sampling.decision.LimitedCondition;
import io.tailrace.operators.sampling.decision.Offer;
import io.tailrace.operators.sampling.decision.TraceCondition;
import io.tailrace.operators.sampling.decision.TraceKnowledge;
import io.tailrace.operators.sampling.decision.Vote;
import io.tailrace.operators.sampling.limit.Buckets;
import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.Meaning;
import io.tailrace.operators.settings.Setting;

import java.util.ArrayList;
import java.util.List;

/**
 * Keeps a trace that all of its policies keep; each may be met by another span. Limiters among them
 * are asked after the others, and spend only where all pass.
 */
@Meaning("Keeps a trace that all of its policies keep; each may be met by another span")
public record And(
        @Setting(value = "The policies that must all keep it", least = 1)
                List<SubPolicy> andSubPolicy)
        implements Policy, Checked {

    @Override
    public void check(Problems problems) {
        Leaves.check("and_sub_policy", andSubPolicy, problems);
    }

    @Override
    public CompiledPolicy compile(Compilation compilation) {
        List<TraceCondition> conditions = new ArrayList<>();
        List<LimitedCondition> limiters = new ArrayList<>();
        for (int i = 0; i < andSubPolicy.size(); i++) {
            CompiledPolicy compiled = andSubPolicy.get(i).compile(compilation, i);
            if (compiled instanceof TraceCondition condition) {
                conditions.add(condition);
            } else {
                limiters.add((LimitedCondition) compiled);
            }
        }
        TraceCondition all = new All(conditions);
        return limiters.isEmpty() ? all : new Limited(all, limiters);
    }

    private record Limited(TraceCondition condition, List<LimitedCondition> limiters)
            implements LimitedCondition {
        @Override
        public Offer ask(TraceKnowledge known, Buckets buckets) {
            Vote vote = condition.vote(known);
            if (vote != Vote.SAMPLED) {
                return Offer.none(vote);
            }
            Offer all = new Offer(Vote.SAMPLED, List.of(), null);
            for (LimitedCondition limiter : limiters) {
                all = all.and(limiter.ask(known, buckets));
            }
            return all;
        }
    }

    @Override
    public boolean isLimiter() {
        return andSubPolicy.stream().anyMatch(sub -> sub.policy().isLimiter());
    }

    @Override
    public boolean isRandom() {
        return andSubPolicy.stream().anyMatch(sub -> sub.policy().isRandom());
    }

    @Override
    public boolean hasThreshold() {
        return andSubPolicy.stream().allMatch(sub -> sub.policy().hasThreshold());
    }

    @Override
    public boolean isLeaf() {
        return false;
    }
}
