package io.tailrace.operators.sampling.explanation;

import io.tailrace.operators.sampling.decision.Vote;
import io.tailrace.operators.sampling.policy.Policy;

import java.util.List;

/**
 * How a policy came to its vote.
 *
 * @param name null where it stands within another and has none
 * @param vote what it said; of a policy within another, what it would say alone
 * @param within the explanations of the policies that it holds, each asked alone
 */
public record PolicyExplanation(
        String name, Policy policy, Vote vote, Cause cause, List<PolicyExplanation> within) {}
