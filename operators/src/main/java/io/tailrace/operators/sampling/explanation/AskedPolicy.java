package io.tailrace.operators.sampling.explanation;

import io.tailrace.operators.sampling.decision.CompiledPolicy;
import io.tailrace.operators.sampling.decision.TraceCondition;
import io.tailrace.operators.sampling.decision.TraceKnowledge;
import io.tailrace.operators.sampling.decision.Vote;
import io.tailrace.operators.sampling.policy.And;
import io.tailrace.operators.sampling.policy.Compilation;
import io.tailrace.operators.sampling.policy.Composite;
import io.tailrace.operators.sampling.policy.Drop;
import io.tailrace.operators.sampling.policy.NamedPolicy;
import io.tailrace.operators.sampling.policy.Not;
import io.tailrace.operators.sampling.policy.Policy;
import io.tailrace.operators.sampling.policy.SubPolicy;

import java.util.List;
import java.util.stream.Stream;

/** A policy that is asked alone, again and again, until its vote is settled. */
final class AskedPolicy {

    private final String name;
    private final Policy policy;
    private final CompiledPolicy compiled;
    private final List<AskedPolicy> within;
    private Vote vote = Vote.OPEN;
    private Cause cause = new Cause.Budgeted();

    AskedPolicy(String name, Policy policy, Compilation compilation) {
        this.name = name;
        this.policy = policy;
        this.compiled = policy.compile(compilation);
        this.within =
                within(policy)
                        .map(sub -> new AskedPolicy(sub.name(), sub.policy(), compilation))
                        .toList();
    }

    private static Stream<SubPolicy> within(Policy policy) {
        if (policy instanceof And and) {
            return and.andSubPolicy().stream();
        } else if (policy instanceof Drop drop) {
            return drop.dropSubPolicy().stream();
        } else if (policy instanceof Not not) {
            return Stream.of(not.notSubPolicy());
        } else if (policy instanceof Composite composite) {
            return composite.compositeSubPolicy().stream().map(AskedPolicy::sub);
        }
        return Stream.empty();
    }

    private static SubPolicy sub(NamedPolicy named) {
        return new SubPolicy(named.name(), named.policy());
    }

    /**
     * @param now what has settled the votes that were open until now
     */
    void ask(TraceKnowledge known, Cause now) {
        within.forEach(each -> each.ask(known, now));
        if (vote == Vote.OPEN && compiled instanceof TraceCondition condition) {
            vote = condition.vote(known);
            cause = now;
        }
    }

    /** With the vote that counted, which for a limiter only the sampler knows. */
    PolicyExplanation explanation(Vote counted) {
        // Nobody records what a limiter within another says, but all within an and that samples do.
        boolean allSampled = policy instanceof And && counted == Vote.SAMPLED;
        Vote ofLimiters = allSampled ? Vote.SAMPLED : Vote.NOT_ASKED;
        return new PolicyExplanation(
                name,
                policy,
                counted,
                cause,
                within.stream().map(each -> each.explanation(each.alone(ofLimiters))).toList());
    }

    private Vote alone(Vote ofLimiters) {
        return compiled instanceof TraceCondition ? vote : ofLimiters;
    }
}
