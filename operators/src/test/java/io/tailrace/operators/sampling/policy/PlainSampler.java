package io.tailrace.operators.sampling.policy;

import io.tailrace.operators.sampling.decision.Decision;
import io.tailrace.operators.sampling.decision.Verdict;
import io.tailrace.operators.sampling.decision.Vote;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What becomes of whole traces under some policies, told plainly, with an account of budgets. */
final class PlainSampler {

    private final List<NamedPolicy> policies;
    private final PlainLimits limits = new PlainLimits();

    PlainSampler(List<NamedPolicy> policies) {
        this.policies = policies;
    }

    /**
     * @param millis the event time at which budgets are asked
     */
    Decision decide(PlainTrace trace, long millis) {
        Map<String, Vote> votes = new LinkedHashMap<>();
        for (NamedPolicy each : policies) {
            votes.put(
                    each.name(),
                    PlainLimits.spends(each.policy())
                            ? Vote.NOT_ASKED
                            : PlainPolicies.vote(each.policy(), trace));
        }
        if (votes.containsValue(Vote.DROPPED)) {
            return decision(Verdict.DROPPED, first(votes, Vote.DROPPED), null, votes, null);
        }
        if (votes.containsValue(Vote.SAMPLED)) {
            long threshold =
                    policies.stream()
                            .filter(each -> votes.get(each.name()) == Vote.SAMPLED)
                            .mapToLong(each -> threshold(each.policy()))
                            .min()
                            .orElseThrow();
            return decision(
                    Verdict.SAMPLED,
                    first(votes, Vote.SAMPLED),
                    null,
                    votes,
                    trace.stamped() ? threshold : null);
        }
        limits.fill(millis);
        for (NamedPolicy each : policies) {
            if (PlainLimits.spends(each.policy())) {
                PlainLimits.Answer answer = limits.ask(each.policy(), each.name(), trace);
                votes.put(each.name(), answer.vote());
                if (answer.vote() == Vote.SAMPLED) {
                    answer.spend();
                    return decision(Verdict.SAMPLED, each.name(), answer.subPolicy(), votes, null);
                }
            }
        }
        return decision(Verdict.NOT_SAMPLED, null, null, votes, null);
    }

    private static Decision decision(
            Verdict verdict,
            String winner,
            String subPolicy,
            Map<String, Vote> votes,
            Long threshold) {
        return new Decision(verdict, winner, subPolicy, votes, threshold);
    }

    private static String first(Map<String, Vote> votes, Vote wanted) {
        return votes.entrySet().stream()
                .filter(each -> each.getValue() == wanted)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    private static long threshold(Policy policy) {
        if (policy instanceof Probabilistic share) {
            return PlainShares.threshold(share.samplingPercentage());
        }
        return policy instanceof And and
                ? and.andSubPolicy().stream()
                        .mapToLong(sub -> threshold(sub.policy()))
                        .max()
                        .orElseThrow()
                : 0;
    }
}
