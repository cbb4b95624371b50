package io.tailrace.operators.sampling.decision;

import java.util.Map;

/**
 * What the policies say of a trace.
 *
 * @param policy the name of the policy that won; null where none did
 * @param subPolicy the one within it that won, where it is a composite; else null
 * @param votes what each policy said, by its name, in the spec's order
 * @param threshold the sampling threshold of the kept spans, of 56 bits; null where none is written
 *     or known
 */
public record Decision(
        Verdict verdict,
        String policy,
        String subPolicy,
        Map<String, Vote> votes,
        Long threshold) {}
