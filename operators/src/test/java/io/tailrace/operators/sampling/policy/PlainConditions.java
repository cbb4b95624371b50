package io.tailrace.operators.sampling.policy;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Status;
import io.tailrace.operators.sampling.bk.BkCondition;
import io.tailrace.operators.sampling.decision.Vote;
import io.tailrace.operators.span.PlacedSpan;
import io.tailrace.operators.span.TraceId;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.stream.Stream;

/** A few conditions, in OTTL and as BlueKing's, whose meaning is told here once more. */
final class PlainConditions {

    static final String ERROR = "status.code == STATUS_CODE_ERROR";
    static final String TENANT = "attributes[\"tenant\"] == \"a\"";
    static final String OF_RESOURCE = "resource.attributes[\"tenant\"] == \"GET\"";

    /** Fails where the attribute is not there, or has no length. */
    static final String LONG = "Len(attributes[\"tenant\"]) > 3";

    static final BkCondition BK_ERROR =
            new BkCondition(
                    BkCondition.Join.AND, "status.code", BkCondition.Method.EQ, List.of("0", "2"));
    static final BkCondition BK_OR_TENANT = tenant(BkCondition.Join.OR);
    static final BkCondition BK_AND_TENANT = tenant(BkCondition.Join.AND);

    private static final BigInteger HUNDRED = BigInteger.valueOf(100);

    private PlainConditions() {}

    private static BkCondition tenant(BkCondition.Join join) {
        return new BkCondition(join, "attributes.tenant", BkCondition.Method.EQ, List.of("a"));
    }

    /** Of at most two conditions, and a share of whole percents. */
    static boolean samples(BkConditions policy, TraceId traceId, List<PlacedSpan> spans) {
        return percent(traceId) < policy.randomSamplingRatio()
                || spans.stream().anyMatch(span -> meets(policy.samplingConditions(), span));
    }

    private static int percent(TraceId traceId) {
        try {
            byte[] id = traceId.toString().getBytes(StandardCharsets.US_ASCII);
            byte[] digest = MessageDigest.getInstance("MD5").digest(id);
            return new BigInteger(1, digest).mod(HUNDRED).intValue();
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static boolean meets(List<BkCondition> conditions, PlacedSpan span) {
        return switch (conditions.size()) {
            case 0 -> false;
            case 1 -> meets(conditions.get(0), span);
            default ->
                    conditions.get(1).condition() == BkCondition.Join.OR
                            ? meets(conditions.get(0), span) || meets(conditions.get(1), span)
                            : meets(conditions.get(0), span) && meets(conditions.get(1), span);
        };
    }

    private static boolean meets(BkCondition condition, PlacedSpan span) {
        return condition.equals(BK_ERROR)
                ? span.span().getStatus().getCodeValue() % 2 == 0
                : is("a", span.span().getAttributesList());
    }

    static Vote vote(OttlCondition policy, List<PlacedSpan> spans) {
        List<Vote> answers =
                spans.stream()
                        .flatMap(
                                span ->
                                        Stream.concat(
                                                policy.span().stream().map(each -> on(each, span)),
                                                onEvents(policy.spanevent(), span)))
                        .toList();
        if (answers.contains(Vote.SAMPLED)) {
            return Vote.SAMPLED;
        }
        boolean failed =
                policy.errorMode() == OttlCondition.ErrorMode.PROPAGATE
                        && answers.contains(Vote.ERROR);
        return failed ? Vote.ERROR : Vote.NOT_SAMPLED;
    }

    private static Stream<Vote> onEvents(List<String> conditions, PlacedSpan span) {
        return span.span().getEventsList().stream()
                .flatMap(
                        event ->
                                conditions.stream()
                                        .map(each -> on(each, event.getAttributesList())));
    }

    private static Vote on(String condition, PlacedSpan span) {
        return switch (condition) {
            case ERROR ->
                    answer(
                            span.span().getStatus().getCode()
                                    == Status.StatusCode.STATUS_CODE_ERROR);
            case OF_RESOURCE -> answer(is("GET", span.under().getResource().getAttributesList()));
            default -> on(condition, span.span().getAttributesList());
        };
    }

    private static Vote on(String condition, List<KeyValue> attributes) {
        if (condition.equals(TENANT)) {
            return answer(is("a", attributes));
        }
        return PlainAttributes.first(attributes, "tenant")
                .filter(AnyValue::hasStringValue)
                .map(value -> answer(value.getStringValueBytes().size() > 3))
                .findFirst()
                .orElse(Vote.ERROR);
    }

    private static boolean is(String text, List<KeyValue> attributes) {
        return PlainAttributes.first(attributes, "tenant")
                .anyMatch(value -> value.getStringValue().equals(text));
    }

    private static Vote answer(boolean met) {
        return met ? Vote.SAMPLED : Vote.NOT_SAMPLED;
    }
}
