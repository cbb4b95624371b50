package io.tailrace.operators.sampling.policy;

import io.tailrace.operators.settings.Checked.Problems;

import java.util.List;

/** The rules for policies that stand within others. */
final class Leaves {

    private Leaves() {}

    /** Refuses those that hold others themselves. */
    static void check(String list, List<SubPolicy> policies, Problems problems) {
        for (int i = 0; i < policies.size(); i++) {
            if (!policies.get(i).policy().isLeaf()) {
                problems.expected(
                        "%s[%d].type".formatted(list, i), "a policy that holds no others");
            }
        }
    }
}
