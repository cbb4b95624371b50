package io.tailrace.operators.sampling.policy;

import io.tailrace.operators.sampling.decision.TraceCondition;
import io.tailrace.operators.sampling.decision.Vote;
import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.Meaning;
import io.tailrace.operators.settings.Setting;

import java.util.List;
import java.util.stream.IntStream;

/** Drops a trace that all of its policies would keep, whatever other policies say. */
@Meaning("Drops a trace that all of its policies would keep, whatever other policies say")
public record Drop(
        @Setting(value = "The policies that must all be met; no limiters", least = 1)
                List<SubPolicy> dropSubPolicy)
        implements Policy, Checked {

    @Override
    public void check(Problems problems) {
        Leaves.check("drop_sub_policy", dropSubPolicy, problems);
        for (int i = 0; i < dropSubPolicy.size(); i++) {
            if (dropSubPolicy.get(i).policy().isLimiter()) {
                problems.expected(
                        "drop_sub_policy[%d].type".formatted(i),
                        "no limiter, for beyond its limit nothing would be dropped");
            }
        }
    }

    @Override
    public TraceCondition compile(Compilation compilation) {
        TraceCondition all =
                new All(
                        IntStream.range(0, dropSubPolicy.size())
                                .mapToObj(i -> dropSubPolicy.get(i).compile(compilation, i))
                                .map(TraceCondition.class::cast)
                                .toList());
        return known -> {
            Vote vote = all.vote(known);
            return vote == Vote.SAMPLED ? Vote.DROPPED : vote;
        };
    }

    @Override
    public boolean isRandom() {
        return dropSubPolicy.stream().anyMatch(sub -> sub.policy().isRandom());
    }

    @Override
    public boolean hasThreshold() {
        return !isRandom();
    }

    @Override
    public boolean isLeaf() {
        return false;
    }
}
