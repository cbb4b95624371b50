package io.tailrace.plain;

import java.time.Duration;

/**
 * How a job samples, beside its policies.
 *
 * @param decisionWait from the first span of a trace to its decision
 * @param decisionTtl how long the decision is remembered
 * @param eager whether traces are decided as soon as they can be
 * @param spansPerSecond of traces that no other policy keeps; 0 is without such a policy
 */
public record Sampling(
        Duration decisionWait, Duration decisionTtl, boolean eager, int spansPerSecond) {

    public static Sampling atDeadline(Duration wait, Duration ttl) {
        return new Sampling(wait, ttl, false, 0);
    }

    public static Sampling eager(Duration wait, Duration ttl) {
        return new Sampling(wait, ttl, true, 0);
    }

    public Sampling limited(int spans) {
        return new Sampling(decisionWait, decisionTtl, eager, spans);
    }
}
