package io.tailrace.jobs.preview.text;

import io.tailrace.operators.sampling.decision.Vote;
import io.tailrace.operators.sampling.explanation.Cause;
import io.tailrace.operators.sampling.explanation.PolicyExplanation;
import io.tailrace.operators.sampling.explanation.SpanBrief;
import io.tailrace.operators.sampling.policy.Composite;
import io.tailrace.operators.sampling.policy.Latency;
import io.tailrace.operators.sampling.policy.Policy;
import io.tailrace.operators.sampling.policy.Probabilistic;
import io.tailrace.operators.sampling.policy.SpanCount;

import java.util.HexFormat;

/** What settled a vote, in words. */
final class CauseText {

    private CauseText() {}

    /**
     * @param within whether the policy stands within another
     */
    static String of(PolicyExplanation policy, boolean within) {
        Cause cause = policy.cause();
        if (cause instanceof Cause.BySpan by) {
            return span(by.span());
        } else if (cause instanceof Cause.Budgeted) {
            return limiter(policy, within);
        } else if (policy.policy() instanceof Probabilistic) {
            return "by the trace's id";
        } else if (cause instanceof Cause.Beforehand) {
            return policy.policy().isRandom() ? "by the trace's id" : "whatever its spans are";
        }
        return end(policy);
    }

    private static String span(SpanBrief span) {
        String status = status(span.statusCode());
        return "by span %d: \"%s\" of %s, %s, %s, status %s%s"
                .formatted(
                        span.number(),
                        span.name(),
                        Numbers.service(span.service()),
                        HexFormat.of().toHexDigits(span.spanId()),
                        Numbers.millis(Math.max(0, span.endUnixNano() - span.startUnixNano())),
                        status,
                        span.statusMessage().isEmpty()
                                ? ""
                                : " (" + span.statusMessage().strip().split("\\R", 2)[0] + ")");
    }

    private static String status(int code) {
        return switch (code) {
            case 0 -> "UNSET";
            case 1 -> "OK";
            case 2 -> "ERROR";
            default -> Integer.toString(code);
        };
    }

    private static String limiter(PolicyExplanation policy, boolean within) {
        if (within) {
            return "a limiter, asked with the policy that it stands in";
        }
        return switch (policy.vote()) {
            case SAMPLED -> "its budget had room";
            case NOT_ASKED -> "a limiter, not needed";
            case NOT_SAMPLED, DROPPED, ERROR, OPEN -> refused(policy);
        };
    }

    /** Of a limiter that was asked and did not sample. */
    private static String refused(PolicyExplanation policy) {
        if (samplesWithinBudget(policy)) {
            return "its budget had no room";
        } else if (policy.vote() == Vote.ERROR) {
            return "a policy within could not be evaluated";
        }
        return policy.policy() instanceof Composite
                ? "no policy within sampled"
                : "a policy within did not sample";
    }

    /** Whether it would sample if all budgets had room. */
    private static boolean samplesWithinBudget(PolicyExplanation policy) {
        if (!policy.policy().isLimiter()) {
            return policy.vote() == Vote.SAMPLED;
        } else if (policy.policy() instanceof Composite) {
            return policy.within().stream().anyMatch(CauseText::samplesWithinBudget);
        }
        return policy.within().stream().allMatch(CauseText::samplesWithinBudget);
    }

    private static String end(PolicyExplanation policy) {
        if (!policy.policy().isLeaf() || isOfWholeTrace(policy.policy())) {
            return "at the end, with all spans known";
        }
        return switch (policy.vote()) {
            case NOT_SAMPLED -> "no span met it until the end";
            case SAMPLED -> "it held until the end";
            case ERROR -> "no span met it, and of some it could not be evaluated";
            case DROPPED, OPEN, NOT_ASKED -> "at the end, with all spans known";
        };
    }

    /** Whether it is no single span that meets it. */
    private static boolean isOfWholeTrace(Policy policy) {
        return policy instanceof Latency || policy instanceof SpanCount;
    }
}
