package io.tailrace.operators.sampling.decision;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What the policies said of a trace, and what follows from it: dropped goes before sampled, and
 * sampled before not sampled.
 */
public final class Votes {

    private final List<CompiledPolicies.Named> policies;
    private final boolean stamped;
    private final Vote[] votes;
    private String subPolicy;

    /**
     * @param stamped whether kept spans carry their threshold
     */
    Votes(List<CompiledPolicies.Named> policies, boolean stamped) {
        this.policies = policies;
        this.stamped = stamped;
        this.votes = new Vote[policies.size()];
    }

    void set(int policy, Vote vote) {
        votes[policy] = vote;
    }

    void setLimited(int policy, Offer offer) {
        votes[policy] = offer.vote();
        subPolicy = offer.subPolicy();
    }

    Vote get(int policy) {
        return votes[policy];
    }

    private int first(Vote wanted) {
        for (int i = 0; i < votes.length; i++) {
            if (votes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    boolean has(Vote wanted) {
        return first(wanted) >= 0;
    }

    /** Whether nothing that may still come could change verdict or threshold. */
    public boolean areFinal() {
        if (has(Vote.DROPPED)) {
            return true;
        }
        if (has(Vote.SAMPLED)) {
            long least = threshold();
            return noneOpen(policy -> policy.drops() || policy.threshold() < least);
        }
        return !has(Vote.OPEN) && !has(Vote.NOT_ASKED);
    }

    private boolean noneOpen(Predicate<CompiledPolicies.Named> which) {
        for (int i = 0; i < votes.length; i++) {
            if (votes[i] == Vote.OPEN && which.test(policies.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** The least of those that sampled. */
    private long threshold() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < votes.length; i++) {
            if (votes[i] == Vote.SAMPLED) {
                least = Math.min(least, policies.get(i).threshold());
            }
        }
        return least;
    }

    /** What follows from the votes so far. */
    public Verdict verdict() {
        if (has(Vote.DROPPED)) {
            return Verdict.DROPPED;
        }
        return has(Vote.SAMPLED) ? Verdict.SAMPLED : Verdict.NOT_SAMPLED;
    }

    /** Of several policies with the winning vote, the first is named. */
    public Decision decision() {
        Verdict verdict = verdict();
        int winner =
                switch (verdict) {
                    case DROPPED -> first(Vote.DROPPED);
                    case SAMPLED -> first(Vote.SAMPLED);
                    case NOT_SAMPLED -> -1;
                };
        boolean limited = winner >= 0 && policies.get(winner).isLimited();
        return new Decision(
                verdict,
                winner < 0 ? null : policies.get(winner).name(),
                limited ? subPolicy : null,
                byName(),
                stamped && verdict == Verdict.SAMPLED && !limited ? threshold() : null);
    }

    private Map<String, Vote> byName() {
        Map<String, Vote> byName = new LinkedHashMap<>();
        for (int i = 0; i < votes.length; i++) {
            byName.put(policies.get(i).name(), votes[i]);
        }
        return Collections.unmodifiableMap(byName);
    }
}
