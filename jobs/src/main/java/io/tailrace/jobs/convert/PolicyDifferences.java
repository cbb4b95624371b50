package io.tailrace.jobs.convert;

import io.tailrace.operators.sampling.policy.And;
import io.tailrace.operators.sampling.policy.BooleanAttribute;
import io.tailrace.operators.sampling.policy.BytesLimiting;
import io.tailrace.operators.sampling.policy.Composite;
import io.tailrace.operators.sampling.policy.Drop;
import io.tailrace.operators.sampling.policy.Latency;
import io.tailrace.operators.sampling.policy.NamedPolicy;
import io.tailrace.operators.sampling.policy.Not;
import io.tailrace.operators.sampling.policy.NumericAttribute;
import io.tailrace.operators.sampling.policy.OttlCondition;
import io.tailrace.operators.sampling.policy.OttlCondition.ErrorMode;
import io.tailrace.operators.sampling.policy.Policy;
import io.tailrace.operators.sampling.policy.RateLimiting;
import io.tailrace.operators.sampling.policy.StringAttribute;
import io.tailrace.operators.sampling.policy.SubPolicy;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What a policy does otherwise here than in the Collector, though it is written alike. */
final class PolicyDifferences {

    private static final String LIMITER =
            "is asked only where no other policy samples, and has one budget for the whole job, where"
                    + " each Collector has its own";

    private PolicyDifferences() {}

    /** Of a policy and those within it, each once. */
    static Set<String> of(Policy policy) {
        Set<String> found = new LinkedHashSet<>();
        add(policy, found);
        return found;
    }

    private static void add(Policy policy, Set<String> found) {
        if (policy instanceof Latency latency && latency.upperThresholdMs() > 0) {
            found.add("the upper bound is asked of the whole trace, not after every span");
        } else if (policy instanceof NumericAttribute || policy instanceof BooleanAttribute) {
            found.add("a value of another type is no 0 or false, and events and scopes count too");
        } else if (policy instanceof StringAttribute) {
            found.add("attributes of events and scopes count too");
        } else if (policy instanceof OttlCondition condition
                && condition.errorMode() == ErrorMode.PROPAGATE) {
            found.add("a condition that is met counts before one that cannot be evaluated");
        } else if (policy instanceof RateLimiting || policy instanceof BytesLimiting) {
            found.add(LIMITER);
            found.add("a trace no larger than the burst may take the budget into debt");
        } else if (policy instanceof Composite) {
            found.add(LIMITER);
            found.add(
                    "policy_order holds; what has spent its share leaves the trace to the next; the"
                            + " total bounds the sum of the shares");
        }
        within(policy).forEach(each -> add(each, found));
    }

    private static Stream<Policy> within(Policy policy) {
        if (policy instanceof And and) {
            return policies(and.andSubPolicy());
        } else if (policy instanceof Drop drop) {
            return policies(drop.dropSubPolicy());
        } else if (policy instanceof Not not) {
            return Stream.of(not.notSubPolicy().policy());
        } else if (policy instanceof Composite composite) {
            return composite.compositeSubPolicy().stream().map(NamedPolicy::policy);
        }
        return Stream.of();
    }

    private static Stream<Policy> policies(List<SubPolicy> policies) {
        return policies.stream().map(SubPolicy::policy);
    }
}
