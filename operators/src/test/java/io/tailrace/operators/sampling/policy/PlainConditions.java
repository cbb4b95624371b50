package io.tailrace.operators.sampling.policy;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Status;
import io.tailrace.operators.sampling.decision.Vote;
import io.tailrace.operators.span.PlacedSpan;

import java.util.List;
import java.util.stream.Stream;

/** A few OTTL conditions whose meaning is told here once more. */
final class PlainConditions {

    static final String ERROR = "status.code == STATUS_CODE_ERROR";
    static final String TENANT = "attributes[\"tenant\"] == \"a\"";
    static final String OF_RESOURCE = "resource.attributes[\"tenant\"] == \"GET\"";

    /** Fails where the attribute is not there, or has no length. */
    static final String LONG = "Len(attributes[\"tenant\"]) > 3";

    private PlainConditions() {}

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
                    answer(span.span().getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR);
            case OF_RESOURCE ->
                    answer(is("GET", span.under().getResource().getAttributesList()));
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
