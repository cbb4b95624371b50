package io.tailrace.jobs.preview;

import io.tailrace.operators.sampling.policy.Policy;

import java.util.List;
import java.util.Map;

/**
 * What a spec would do with some input.
 *
 * @param policies in the order of the spec
 * @param read all that was decided
 * @param kept what would be handed on
 * @param dropped what a drop policy takes away
 * @param notSampled what no policy keeps
 * @param cut of kept traces, what is beyond max_kept_spans_per_trace; no traces
 * @param lateSpans spans that came after the decision on their trace
 * @param deadLetters by reason
 * @param services in no order
 */
public record Preview(
        List<PolicyShare> policies,
        Amount read,
        Amount kept,
        Amount dropped,
        Amount notSampled,
        Amount cut,
        long lateSpans,
        Map<String, Long> deadLetters,
        List<ServiceShare> services) {

    /**
     * What one policy votes for.
     *
     * @param all that it votes to keep; to drop, if it is a drop policy
     * @param alone those of them that no other policy votes for, and that are kept (or dropped)
     */
    public record PolicyShare(String name, Policy policy, Amount all, Amount alone) {}

    /**
     * The spans of a service.
     *
     * @param name null for spans whose resource names none
     * @param dropped all that are not kept, for whatever reason
     */
    public record ServiceShare(String name, long kept, long dropped) {}

    /** All dead letters. */
    public long letters() {
        return deadLetters.values().stream().mapToLong(Long::longValue).sum();
    }
}
