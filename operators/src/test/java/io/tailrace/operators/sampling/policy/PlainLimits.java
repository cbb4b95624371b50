package io.tailrace.operators.sampling.policy;

import io.tailrace.operators.sampling.decision.Vote;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The policies that spend, over budgets of one subtask. Sums are exact where rates and times are
 * whole numbers of eighths.
 */
final class PlainLimits {

    private final Map<String, Bucket> buckets = new HashMap<>();
    private long now = Long.MIN_VALUE;

    /** So much that flows in, up to a brim; begins full. */
    private static final class Bucket {
        private final double rate;
        private final double brim;
        private double content;
        private long time;

        Bucket(double rate, double brim, long time) {
            this.rate = rate;
            this.brim = brim;
            this.content = brim;
            this.time = time;
        }

        boolean bears(double cost, long now) {
            content = Math.min(brim, content + rate * (now - time) / 1000);
            time = now;
            return cost <= brim && content > 0;
        }
    }

    private record Cost(Bucket bucket, double amount) {}

    record Answer(Vote vote, List<Cost> costs, String subPolicy) {

        void spend() {
            costs.forEach(each -> each.bucket.content -= each.amount);
        }
    }

    static boolean spends(Policy policy) {
        return policy instanceof RateLimiting
                || policy instanceof BytesLimiting
                || policy instanceof Composite
                || policy instanceof And and
                        && and.andSubPolicy().stream().anyMatch(sub -> spends(sub.policy()));
    }

    /** Brings all to a time; they never go back. */
    void fill(long millis) {
        now = Math.max(now, millis);
    }

    /** Nothing is spent yet. */
    Answer ask(Policy policy, String path, PlainTrace trace) {
        if (policy instanceof RateLimiting limit) {
            double burst = limit.burstCapacity();
            return within(
                    path,
                    (double) limit.spansPerSecond(),
                    burst == 0 ? 2 * limit.spansPerSecond() : burst,
                    trace.spans().size());
        }
        if (policy instanceof BytesLimiting limit) {
            double burst = limit.burstCapacity();
            return within(
                    path,
                    (double) limit.bytesPerSecond(),
                    burst == 0 ? 2 * limit.bytesPerSecond() : burst,
                    (double) trace.bytes());
        }
        if (policy instanceof Composite composite) {
            return ask(composite, path, trace);
        }
        return policy instanceof And and && spends(and)
                ? ask(and, path, trace)
                : new Answer(PlainPolicies.vote(policy, trace), List.of(), null);
    }

    private Answer within(String path, double rate, double burst, double cost) {
        Bucket bucket = buckets.computeIfAbsent(path, any -> new Bucket(rate, burst, now));
        return bucket.bears(cost, now)
                ? new Answer(Vote.SAMPLED, List.of(new Cost(bucket, cost)), null)
                : new Answer(Vote.NOT_SAMPLED, List.of(), null);
    }

    private Answer ask(And and, String path, PlainTrace trace) {
        List<SubPolicy> others =
                and.andSubPolicy().stream().filter(sub -> !spends(sub.policy())).toList();
        Vote vote = PlainPolicies.all(others, trace);
        List<Cost> costs = new ArrayList<>();
        for (int i = 0; i < and.andSubPolicy().size(); i++) {
            Policy policy = and.andSubPolicy().get(i).policy();
            if (vote == Vote.SAMPLED && spends(policy)) {
                Answer answer = ask(policy, path + ", " + i, trace);
                vote = answer.vote;
                costs.addAll(answer.costs);
            }
        }
        return new Answer(vote, costs, null);
    }

    private Answer ask(Composite composite, String path, PlainTrace trace) {
        double total = composite.maxTotalSpansPerSecond();
        int spans = trace.spans().size();
        boolean failed = false;
        for (NamedPolicy each : inOrder(composite)) {
            Answer answer = ask(each.policy(), path + ", in " + each.name(), trace);
            failed |= answer.vote == Vote.ERROR;
            if (answer.vote == Vote.SAMPLED) {
                double share = total * share(composite, each.name());
                Answer own = within(path + ", of " + each.name(), share, share, spans);
                Answer all = within(path, total, total, spans);
                if (own.vote == Vote.SAMPLED && all.vote == Vote.SAMPLED) {
                    List<Cost> costs = new ArrayList<>(answer.costs);
                    costs.addAll(own.costs);
                    costs.addAll(all.costs);
                    return new Answer(Vote.SAMPLED, costs, each.name());
                }
            }
        }
        return new Answer(failed ? Vote.ERROR : Vote.NOT_SAMPLED, List.of(), null);
    }

    private static double share(Composite composite, String name) {
        return composite.rateAllocation().stream()
                .filter(each -> each.policy().equals(name) && each.percent() > 0)
                .mapToDouble(each -> each.percent() / 100)
                .findFirst()
                .orElse(1.0 / composite.compositeSubPolicy().size());
    }

    private static List<NamedPolicy> inOrder(Composite composite) {
        List<NamedPolicy> inOrder = new ArrayList<>();
        for (String name : composite.policyOrder()) {
            composite.compositeSubPolicy().stream()
                    .filter(each -> each.name().equals(name))
                    .forEach(inOrder::add);
        }
        for (NamedPolicy each : composite.compositeSubPolicy()) {
            if (!composite.policyOrder().contains(each.name())) {
                inOrder.add(each);
            }
        }
        return inOrder;
    }
}
