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

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Shares a rate of spans out among policies. They are asked in {@code policy_order}; the first that
 * samples and has both its own share and some of the total left keeps the trace. One that has spent
 * its share leaves the trace to the next. Each share, and the total, may come at once in one
 * second.
 */
@Meaning("Shares a rate of spans out among policies, where no other policy keeps a trace")
public record Composite(
        @Setting(value = "Spans a second over the whole job", least = 1)
                long maxTotalSpansPerSecond,
        @Setting(
                        value =
                                "Names of the policies in the order they are asked; the others follow",
                        optional = true)
                List<String> policyOrder,
        @Setting(value = "The policies", least = 1, distinct = "name")
                List<NamedPolicy> compositeSubPolicy,
        @Setting(
                        value = "Their shares; the others share equally",
                        optional = true,
                        distinct = "policy")
                List<Allocation> rateAllocation)
        implements Policy, Checked {

    /** A policy's share. */
    public record Allocation(
            @Setting("The policy's name") String policy,
            @Setting(
                            value =
                                    "Its share in percent; 0 is the total by the number of policies",
                            defaultsTo = "0",
                            least = 0,
                            most = 100)
                    double percent)
            implements Serializable {}

    @Override
    public void check(Problems problems) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < compositeSubPolicy.size(); i++) {
            names.add(compositeSubPolicy.get(i).name());
            Policy policy = compositeSubPolicy.get(i).policy();
            if (!policy.isLeaf() && !(policy instanceof And)) {
                problems.expected(
                        "composite_sub_policy[%d].type".formatted(i),
                        "and, or a policy that holds no others");
            }
        }
        for (int i = 0; i < policyOrder.size(); i++) {
            if (!names.contains(policyOrder.get(i))) {
                problems.expected(
                        "policy_order[%d]".formatted(i), "the name of a composite_sub_policy");
            } else if (policyOrder.indexOf(policyOrder.get(i)) < i) {
                problems.expected("policy_order[%d]".formatted(i), "each name once");
            }
        }
        for (int i = 0; i < rateAllocation.size(); i++) {
            if (!names.contains(rateAllocation.get(i).policy())) {
                problems.expected(
                        "rate_allocation[%d].policy".formatted(i),
                        "the name of a composite_sub_policy");
            }
        }
    }

    /** A policy within, with its share. */
    private record Shared(String name, CompiledPolicy policy, int bucket) {

        Offer ask(TraceKnowledge known, Buckets buckets) {
            return policy instanceof LimitedCondition limited
                    ? limited.ask(known, buckets)
                    : new Offer(((TraceCondition) policy).vote(known), List.of(), null);
        }
    }

    @Override
    public LimitedCondition compile(Compilation compilation) {
        double all = maxTotalSpansPerSecond;
        int total = compilation.budget(all, all);
        List<Shared> inOrder = new ArrayList<>();
        for (NamedPolicy named : inOrder()) {
            double rate = share(named.name());
            int bucket = compilation.named(named.name()).budget(rate, rate);
            Compilation within = compilation.named(named.name()).named("within");
            inOrder.add(new Shared(named.name(), named.policy().compile(within), bucket));
        }
        return (known, buckets) -> ask(inOrder, total, known, buckets);
    }

    private static Offer ask(
            List<Shared> policies, int total, TraceKnowledge known, Buckets buckets) {
        long spans = known.evidence().spans();
        Vote vote = Vote.NOT_SAMPLED;
        for (Shared each : policies) {
            Offer offer = each.ask(known, buckets);
            if (offer.vote() == Vote.SAMPLED) {
                List<Offer.Cost> costs =
                        List.of(new Offer.Cost(each.bucket, spans), new Offer.Cost(total, spans));
                Offer both = Offer.within(buckets, costs).and(offer);
                if (both.vote() == Vote.SAMPLED) {
                    return both.by(each.name);
                }
            } else if (offer.vote() == Vote.ERROR) {
                vote = Vote.ERROR;
            }
        }
        return Offer.none(vote);
    }

    private List<NamedPolicy> inOrder() {
        Map<String, NamedPolicy> byName = new LinkedHashMap<>();
        compositeSubPolicy.forEach(each -> byName.put(each.name(), each));
        Set<NamedPolicy> ordered = new LinkedHashSet<>();
        policyOrder.forEach(name -> ordered.add(byName.get(name)));
        ordered.addAll(compositeSubPolicy);
        return List.copyOf(ordered);
    }

    private double share(String name) {
        for (Allocation each : rateAllocation) {
            if (each.policy().equals(name) && each.percent() > 0) {
                return maxTotalSpansPerSecond * each.percent() / 100;
            }
        }
        return (double) maxTotalSpansPerSecond / compositeSubPolicy.size();
    }

    @Override
    public boolean isLimiter() {
        return true;
    }

    @Override
    public boolean isRandom() {
        return compositeSubPolicy.stream().anyMatch(sub -> sub.policy().isRandom());
    }

    @Override
    public boolean isLeaf() {
        return false;
    }
}
