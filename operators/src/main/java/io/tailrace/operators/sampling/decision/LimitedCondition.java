package io.tailrace.operators.sampling.decision;

import io.tailrace.operators.sampling.limit.Buckets;

/**
 * A policy that spends from budgets. It is asked last, only of whole traces, and only where no
 * other policy samples.
 */
@FunctionalInterface
public non-sealed interface LimitedCondition extends CompiledPolicy {

    /** Says whether it samples, and what that costs; spends nothing yet. */
    Offer ask(TraceKnowledge known, Buckets buckets);
}
