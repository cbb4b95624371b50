package io.tailrace.operators.sampling;

import io.tailrace.operators.sampling.policy.AlwaysSample;
import io.tailrace.operators.sampling.policy.And;
import io.tailrace.operators.sampling.policy.Drop;
import io.tailrace.operators.sampling.policy.Latency;
import io.tailrace.operators.sampling.policy.NamedPolicy;
import io.tailrace.operators.sampling.policy.Not;
import io.tailrace.operators.sampling.policy.PlainPolicies;
import io.tailrace.operators.sampling.policy.Policy;
import io.tailrace.operators.sampling.policy.Probabilistic;
import io.tailrace.operators.sampling.policy.RateLimiting;
import io.tailrace.operators.sampling.policy.SpanCount;
import io.tailrace.operators.sampling.policy.StringAttribute;
import io.tailrace.operators.sampling.policy.SubPolicy;
import io.tailrace.operators.span.PlacedSpan;
import io.tailrace.operators.span.TraceId;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What policies say of some spans of a trace, told plainly: yes, no, or open where spans to come
 * could change it.
 */
final class PlainVotes {

    private static final long EVERYTHING = 1L << 56;

    private final SamplingSettings settings;
    private final TraceId traceId;

    PlainVotes(SamplingSettings settings, TraceId traceId) {
        this.settings = settings;
        this.traceId = traceId;
    }

    /** Of all policies; limiters are open, or not asked of the whole. */
    Map<String, String> of(List<PlacedSpan> spans, boolean whole) {
        Map<String, String> votes = new LinkedHashMap<>();
        for (NamedPolicy named : settings.policies()) {
            votes.put(named.name(), vote(named.policy(), spans, whole));
        }
        return votes;
    }

    /** Of the whole, asked again after {@code before}. */
    Map<String, String> again(Map<String, String> before, List<PlacedSpan> spans) {
        Map<String, String> votes = of(spans, true);
        for (NamedPolicy named : settings.policies()) {
            if (named.policy() instanceof Probabilistic || isLimiter(named)) {
                votes.put(named.name(), before.get(named.name()));
            }
        }
        return votes;
    }

    static boolean isLimiter(NamedPolicy named) {
        return named.policy() instanceof RateLimiting;
    }

    private String vote(Policy policy, List<PlacedSpan> spans, boolean whole) {
        String vote = threeValued(policy, spans);
        if (policy instanceof RateLimiting) {
            return "NOT_ASKED";
        }
        if (vote.equals("OPEN") && whole) {
            vote = yesOrNo(holds(policy, spans));
        }
        return policy instanceof Drop && vote.equals("SAMPLED") ? "DROPPED" : vote;
    }

    private static String yesOrNo(boolean yes) {
        return yes ? "SAMPLED" : "NOT_SAMPLED";
    }

    /** Whether the policy holds of these spans, taken as the whole. */
    private boolean holds(Policy policy, List<PlacedSpan> spans) {
        if (policy instanceof And and) {
            return and.andSubPolicy().stream().allMatch(sub -> holds(sub.policy(), spans));
        }
        if (policy instanceof Drop drop) {
            return drop.dropSubPolicy().stream().allMatch(sub -> holds(sub.policy(), spans));
        }
        if (policy instanceof Not not) {
            return !holds(not.notSubPolicy().policy(), spans);
        }
        if (policy instanceof Probabilistic probabilistic && settings.stampThreshold()) {
            return (traceId.low() & EVERYTHING - 1) >= threshold(probabilistic);
        }
        return PlainPolicies.samples(policy, traceId, spans);
    }

    /** Holds for good, fails for good, or neither. */
    private String threeValued(Policy policy, List<PlacedSpan> spans) {
        if (policy instanceof And and) {
            return all(and.andSubPolicy(), spans);
        }
        if (policy instanceof Drop drop) {
            return all(drop.dropSubPolicy(), spans);
        }
        if (policy instanceof Not not) {
            String vote = threeValued(not.notSubPolicy().policy(), spans);
            return vote.equals("OPEN") ? vote : yesOrNo(vote.equals("NOT_SAMPLED"));
        }
        if (policy instanceof RateLimiting) {
            return "OPEN";
        }
        if (policy instanceof AlwaysSample) {
            return "SAMPLED";
        }
        if (policy instanceof Probabilistic probabilistic) {
            return settings.stampThreshold() && threshold(probabilistic) > 0
                    ? "OPEN"
                    : yesOrNo(holds(policy, spans));
        }
        if (policy instanceof Latency latency && latency.upperThresholdMs() > 0) {
            long most = latency.upperThresholdMs();
            return holds(new Latency(most, 0), spans) ? "NOT_SAMPLED" : "OPEN";
        }
        if (policy instanceof SpanCount count && count.maxSpans() > 0) {
            return spans.size() > count.maxSpans() ? "NOT_SAMPLED" : "OPEN";
        }
        boolean holds = holds(policy, spans);
        if (policy instanceof StringAttribute text && text.invertMatch()) {
            return holds ? "OPEN" : "NOT_SAMPLED";
        }
        return holds ? "SAMPLED" : "OPEN";
    }

    private String all(List<SubPolicy> policies, List<PlacedSpan> spans) {
        List<String> votes =
                policies.stream().map(sub -> threeValued(sub.policy(), spans)).toList();
        if (votes.contains("NOT_SAMPLED")) {
            return "NOT_SAMPLED";
        }
        return votes.contains("OPEN") ? "OPEN" : "SAMPLED";
    }

    /** Whether nothing that may come could change what becomes of the trace. */
    boolean areFinal(Map<String, String> votes) {
        if (votes.containsValue("DROPPED")) {
            return true;
        }
        if (!votes.containsValue("SAMPLED")) {
            return !votes.containsValue("OPEN") && !votes.containsValue("NOT_ASKED");
        }
        // Only what takes all it asks for is settled early, so no other could lower the threshold.
        return settings.policies().stream()
                .filter(named -> named.policy() instanceof Drop)
                .noneMatch(named -> votes.get(named.name()).equals("OPEN"));
    }

    static String verdict(Map<String, String> votes) {
        if (votes.containsValue("DROPPED")) {
            return "DROPPED";
        }
        return yesOrNo(votes.containsValue("SAMPLED"));
    }

    /** The first with the vote that won; null where none did. */
    String winner(Map<String, String> votes) {
        String verdict = verdict(votes);
        return verdict.equals("NOT_SAMPLED")
                ? null
                : votes.keySet().stream()
                        .filter(name -> votes.get(name).equals(verdict))
                        .findFirst()
                        .orElseThrow();
    }

    /** Of kept spans; null where there is none. */
    Long threshold(Map<String, String> votes) {
        if (!settings.stampThreshold() || !verdict(votes).equals("SAMPLED")) {
            return null;
        }
        return settings.policies().stream()
                .filter(named -> votes.get(named.name()).equals("SAMPLED") && !isLimiter(named))
                .map(named -> threshold(named.policy()))
                .min(Long::compare)
                .orElse(null);
    }

    private static long threshold(Policy policy) {
        if (policy instanceof And and) {
            return and.andSubPolicy().stream()
                    .mapToLong(sub -> threshold(sub.policy()))
                    .max()
                    .orElse(0);
        }
        if (!(policy instanceof Probabilistic probabilistic)) {
            return 0;
        }
        // Percentages of tests are whole numbers: the nearest to 2^56 times the rest.
        long rest = 100 - (long) Math.min(100, probabilistic.samplingPercentage());
        long hundredths = EVERYTHING / 100 * rest;
        return hundredths + Math.round((double) (EVERYTHING % 100 * rest) / 100);
    }
}
