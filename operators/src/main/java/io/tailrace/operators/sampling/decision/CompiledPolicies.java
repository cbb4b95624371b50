package io.tailrace.operators.sampling.decision;

import io.tailrace.operators.sampling.SamplingSettings;
import io.tailrace.operators.sampling.evidence.SpanConditions;
import io.tailrace.operators.sampling.limit.Buckets;
import io.tailrace.operators.sampling.limit.Budget;
import io.tailrace.operators.sampling.policy.Compilation;
import io.tailrace.operators.sampling.policy.Drop;
import io.tailrace.operators.sampling.policy.NamedPolicy;
import io.tailrace.operators.sampling.policy.Probabilistic;

import java.util.ArrayList;
import java.util.List;

/** The policies of a spec, ready to be asked. Compiled once where they run. */
public final class CompiledPolicies {

    private final Compilation compilation;
    private final List<Named> policies = new ArrayList<>();
    private final Named[] inOrder;
    private final boolean stamped;

    /** A policy in the spec's order. */
    record Named(NamedPolicy source, CompiledPolicy compiled) {

        String name() {
            return source.name();
        }

        boolean drops() {
            return source.policy() instanceof Drop;
        }

        /** Limiters are asked later, if at all. */
        Vote vote(TraceKnowledge known) {
            return compiled instanceof TraceCondition condition
                    ? condition.vote(known)
                    : Vote.NOT_ASKED;
        }

        boolean isLimited() {
            return compiled instanceof LimitedCondition;
        }

        long threshold() {
            return compiled instanceof TraceCondition condition
                    ? condition.threshold()
                    : Long.MAX_VALUE;
        }
    }

    public CompiledPolicies(SamplingSettings settings) {
        stamped = settings.stampThreshold();
        compilation = new Compilation(settings.semconv(), stamped);
        for (NamedPolicy named : settings.policies()) {
            policies.add(new Named(named, named.compile(compilation)));
        }
        inOrder = policies.toArray(Named[]::new);
    }

    /** What must be asked of each span. */
    public SpanConditions conditions() {
        return compilation.conditions();
    }

    /** What the limiters spend from; empty where there are none. */
    public List<Budget> budgets() {
        return compilation.budgets();
    }

    /** Asks all policies but the limiters. */
    public Votes ask(TraceKnowledge known) {
        Votes votes = new Votes(policies, stamped);
        for (int i = 0; i < inOrder.length; i++) {
            votes.set(i, inOrder[i].vote(known));
        }
        return votes;
    }

    /**
     * Whether nothing that may still come could change verdict or threshold: what {@link
     * Votes#areFinal} says of {@link #ask}, without making anything, for it is asked of open traces
     * with every chunk.
     */
    public boolean areSettled(TraceKnowledge known) {
        boolean sampled = false;
        boolean open = false;
        boolean dropOpen = false;
        long least = Long.MAX_VALUE;
        long leastOpen = Long.MAX_VALUE;
        for (Named policy : inOrder) {
            switch (policy.vote(known)) {
                case DROPPED -> {
                    return true;
                }
                case SAMPLED -> {
                    sampled = true;
                    least = Math.min(least, policy.threshold());
                }
                case OPEN -> {
                    open = true;
                    dropOpen |= policy.drops();
                    leastOpen = Math.min(leastOpen, policy.threshold());
                }
                case NOT_ASKED -> open = true;
                case NOT_SAMPLED, ERROR -> {
                    // Says nothing more.
                }
            }
        }
        return sampled ? !dropOpen && leastOpen >= least : !open;
    }

    /** Whether the limiters must be asked too: there are some, and no other policy decided. */
    public boolean needLimiters(Votes votes) {
        return votes.verdict() == Verdict.NOT_SAMPLED && votes.has(Vote.NOT_ASKED);
    }

    /** Asks the limiters in their order, until one samples, which spends. */
    public void askLimiters(Votes votes, TraceKnowledge known, Buckets buckets) {
        for (int i = 0; i < policies.size(); i++) {
            if (policies.get(i).compiled() instanceof LimitedCondition limited) {
                Offer offer = limited.ask(known, buckets);
                votes.setLimited(i, offer);
                if (offer.vote() == Vote.SAMPLED) {
                    offer.spend(buckets);
                    return;
                }
            }
        }
    }

    /**
     * Asks again of a trace that was not sampled and has grown since. What is chosen by the trace's
     * id or out of a budget stays as it was. What it may become has no threshold: of its spans a
     * share was discarded before.
     */
    public Decision reconsider(Decision before, TraceKnowledge known) {
        Votes votes = new Votes(policies, stamped);
        for (int i = 0; i < policies.size(); i++) {
            Named policy = policies.get(i);
            boolean again =
                    policy.compiled() instanceof TraceCondition
                            && !(policy.source().policy() instanceof Probabilistic);
            Vote earlier = before.votes().getOrDefault(policy.name(), Vote.NOT_ASKED);
            votes.set(i, again ? ((TraceCondition) policy.compiled()).vote(known) : earlier);
        }
        Decision again = votes.decision();
        return new Decision(
                again.verdict(), again.policy(), again.subPolicy(), again.votes(), null);
    }
}
