package io.tailrace.operators.sampling.policy;

import io.tailrace.operators.sampling.decision.TraceCondition;
import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.Meaning;
import io.tailrace.operators.settings.Setting;

/** Keeps the traces that its policy does not keep. */
@Meaning("Keeps the traces that its policy does not keep")
public record Not(@Setting("The policy; no limiter") SubPolicy notSubPolicy)
        implements Policy, Checked {

    @Override
    public void check(Problems problems) {
        if (!notSubPolicy.policy().isLeaf()) {
            problems.expected("not_sub_policy.type", "a policy that holds no others");
        } else if (notSubPolicy.policy().isLimiter()) {
            problems.expected(
                    "not_sub_policy.type",
                    "no limiter, for its opposite would keep just what is beyond the limit");
        }
    }

    @Override
    public TraceCondition compile(Compilation compilation) {
        return ((TraceCondition) notSubPolicy.compile(compilation, 0)).inverted();
    }

    @Override
    public boolean isRandom() {
        return notSubPolicy.policy().isRandom();
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
