package io.tailrace.operators.sampling.bk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.StreamSupport;

/** Conditions as one would read them: over a span as a tree of JSON, anew for each question. */
final class PlainBkConditions {

    private PlainBkConditions() {}

    static boolean match(List<BkCondition> conditions, JsonNode span) {
        List<List<BkCondition>> groups = new ArrayList<>();
        for (int i = 0; i < conditions.size(); i++) {
            if (i == 0 || conditions.get(i).condition().name().equals("OR")) {
                groups.add(new ArrayList<>());
            }
            groups.get(groups.size() - 1).add(conditions.get(i));
        }
        return groups.stream()
                .anyMatch(group -> group.stream().allMatch(each -> holds(each, span)));
    }

    private static boolean holds(BkCondition condition, JsonNode span) {
        String[] path = condition.key().split("\\.", 2);
        JsonNode field = span.path(path[0]);
        if (path[0].equals("events")) {
            return StreamSupport.stream(field.spliterator(), false)
                    .anyMatch(event -> is(condition, eventMember(event, path[1])));
        }
        return is(condition, path.length == 1 ? field : field.path(path[1]));
    }

    private static JsonNode eventMember(JsonNode event, String member) {
        return member.equals("name")
                ? event.path("name")
                : event.path("attributes").path(member.split("\\.", 2)[1]);
    }

    private static boolean is(BkCondition condition, JsonNode value) {
        if (value instanceof MissingNode || value.isNull()) {
            return false;
        }
        String text = value.isTextual() ? value.asText() : value.toString();
        return switch (condition.method()) {
            case EQ -> condition.value().contains(text);
            case NEQ -> !condition.value().contains(text);
            case REG -> condition.value().stream().anyMatch(text::matches);
            case NREG -> condition.value().stream().noneMatch(text::matches);
            case GT, GTE, LT, LTE -> compares(condition, value, text);
        };
    }

    private static boolean compares(BkCondition condition, JsonNode value, String text) {
        boolean number = text.matches("-?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?");
        if (!number || value.isBoolean()) {
            return false;
        }
        List<BigDecimal> bounds =
                condition.value().stream()
                        .map(BigDecimal::new)
                        .sorted(Comparator.naturalOrder())
                        .toList();
        int toLargest = new BigDecimal(text).compareTo(bounds.get(bounds.size() - 1));
        int toSmallest = new BigDecimal(text).compareTo(bounds.get(0));
        return switch (condition.method()) {
            case GT -> toLargest > 0;
            case GTE -> toLargest >= 0;
            case LT -> toSmallest < 0;
            case LTE -> toSmallest <= 0;
            default -> throw new AssertionError(condition.method());
        };
    }
}
