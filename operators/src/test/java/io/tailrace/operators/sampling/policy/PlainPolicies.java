package io.tailrace.operators.sampling.policy;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.tailrace.operators.sampling.decision.Vote;
import io.tailrace.operators.span.PlacedSpan;
import io.tailrace.operators.span.TraceId;
import io.tailrace.operators.span.tracestate.PlainTraceState;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What policies say of a whole trace, told plainly over the objects of opentelemetry-proto; all but
 * those that spend.
 */
public final class PlainPolicies {

    private PlainPolicies() {}

    public static boolean samples(Policy policy, TraceId traceId, List<PlacedSpan> spans) {
        return vote(policy, new PlainTrace(traceId, spans, 0, false, false)) == Vote.SAMPLED;
    }

    static Vote vote(Policy policy, PlainTrace trace) {
        if (policy instanceof And and) {
            return all(and.andSubPolicy(), trace);
        }
        if (policy instanceof Drop drop) {
            Vote vote = all(drop.dropSubPolicy(), trace);
            return vote == Vote.SAMPLED ? Vote.DROPPED : vote;
        }
        if (policy instanceof Not not) {
            Vote vote = vote(not.notSubPolicy().policy(), trace);
            return vote == Vote.ERROR ? vote : answer(vote == Vote.NOT_SAMPLED);
        }
        return policy instanceof OttlCondition ottl
                ? PlainConditions.vote(ottl, trace.spans())
                : answer(samples(policy, trace));
    }

    private static Vote answer(boolean sampled) {
        return sampled ? Vote.SAMPLED : Vote.NOT_SAMPLED;
    }

    static Vote all(List<SubPolicy> policies, PlainTrace trace) {
        List<Vote> votes = policies.stream().map(sub -> vote(sub.policy(), trace)).toList();
        if (votes.contains(Vote.NOT_SAMPLED)) {
            return Vote.NOT_SAMPLED;
        }
        return votes.contains(Vote.ERROR) ? Vote.ERROR : Vote.SAMPLED;
    }

    private static boolean samples(Policy policy, PlainTrace trace) {
        List<PlacedSpan> spans = trace.spans();
        if (policy instanceof Latency latency) {
            long millis = (latestEnd(spans) - earliestStart(spans)) / 1_000_000;
            return millis > latency.thresholdMs()
                    && (latency.upperThresholdMs() == 0 || millis <= latency.upperThresholdMs());
        }
        if (policy instanceof BkConditions bk) {
            return PlainConditions.samples(bk, trace.traceId(), spans);
        }
        if (policy instanceof Probabilistic share) {
            return PlainShares.samples(share, trace);
        }
        if (policy instanceof SpanCount count) {
            return spans.size() >= count.minSpans()
                    && (count.maxSpans() == 0 || spans.size() <= count.maxSpans());
        }
        if (policy instanceof StatusCode status) {
            List<String> wanted =
                    status.statusCodes().stream()
                            .map(code -> "STATUS_CODE_" + code.name())
                            .toList();
            return spans.stream()
                    .anyMatch(each -> wanted.contains(each.span().getStatus().getCode().name()));
        }
        if (policy instanceof TraceFlags) {
            return spans.stream().anyMatch(each -> each.span().getFlags() % 2 != 0);
        }
        if (policy instanceof TraceState state) {
            return spans.stream()
                    .map(each -> PlainTraceState.members(each.span().getTraceState()))
                    .anyMatch(
                            members ->
                                    members.containsKey(state.key())
                                            && matches(state, members.get(state.key())));
        }
        return policy instanceof AlwaysSample || samplesByAttribute(policy, trace);
    }

    private static boolean samplesByAttribute(Policy policy, PlainTrace trace) {
        if (policy instanceof BooleanAttribute flag) {
            return flag.invertMatch()
                    != values(trace, flag.key())
                            .anyMatch(
                                    found ->
                                            found.value().hasBoolValue()
                                                    && found.value().getBoolValue()
                                                            == flag.value());
        }
        if (policy instanceof NumericAttribute numeric) {
            return numeric.invertMatch()
                    != values(trace, numeric.key())
                            .anyMatch(found -> inRange(numeric, found.value()));
        }
        StringAttribute string = (StringAttribute) policy;
        return string.invertMatch()
                != values(trace, string.key()).anyMatch(found -> matches(string, found));
    }

    private static long earliestStart(List<PlacedSpan> spans) {
        return spans.stream()
                .mapToLong(each -> each.span().getStartTimeUnixNano())
                .min()
                .orElseThrow();
    }

    /** Or the earliest start, where all end before it. */
    private static long latestEnd(List<PlacedSpan> spans) {
        long end =
                spans.stream()
                        .mapToLong(each -> each.span().getEndTimeUnixNano())
                        .max()
                        .orElseThrow();
        return Math.max(end, earliestStart(spans));
    }

    private static boolean matches(TraceState policy, String found) {
        return (policy.key() + found).length() < 256 && policy.values().contains(found);
    }

    private static boolean inRange(NumericAttribute policy, AnyValue value) {
        return value.hasIntValue()
                && (policy.minValue() == 0 || value.getIntValue() >= policy.minValue())
                && (policy.maxValue() == 0 || value.getIntValue() <= policy.maxValue());
    }

    private static boolean matches(StringAttribute policy, PlainAttributes.Found found) {
        String text = found.value().getStringValue();
        if (!found.value().hasStringValue() || !found.ofResource() && text.isEmpty()) {
            return false;
        }
        return policy.values().stream()
                .filter(wanted -> policy.enabledRegexMatching() || !wanted.isEmpty())
                .anyMatch(
                        wanted ->
                                policy.enabledRegexMatching()
                                        ? Pattern.compile(wanted).matcher(text).find()
                                        : wanted.equals(text));
    }

    private static Stream<PlainAttributes.Found> values(PlainTrace trace, String key) {
        return PlainAttributes.values(trace.spans(), key, trace.bothNames());
    }
}
