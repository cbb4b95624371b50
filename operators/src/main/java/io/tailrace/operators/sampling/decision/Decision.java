package io.tailrace.operators.sampling.decision;

import java.util.Map;

/**
 * What the policies say of a trace.
 *
 * @param policy the name of the policy that won; null where none did
 * @param votes what each policy said, by its name, in the spec's order
 */
public record Decision(Verdict verdict, String policy, Map<String, Vote> votes) {}
