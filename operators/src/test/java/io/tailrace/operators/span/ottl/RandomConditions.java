package io.tailrace.operators.span.ottl;

import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.tailrace.operators.span.PlacedSpan;
import io.tailrace.operators.span.ottl.PlainExpression.Moment;
import io.tailrace.operators.span.ottl.PlainExpression.Stretch;
import io.tailrace.operators.span.ottl.PlainExpression.Wrong;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

/** Conditions made for a span, so that many of their parts are about what it has. */
final class RandomConditions {

    private static final List<String> OPERATORS = List.of("==", "!=", "<", "<=", ">", ">=");

    private final Random random;
    private final PlacedSpan span;

    RandomConditions(long seed, PlacedSpan span) {
        this.random = new Random(seed);
        this.span = span;
    }

    PlainExpression condition(int depth) {
        return part(depth).asCondition();
    }

    private PlainExpression part(int depth) {
        return switch (random.nextInt(depth > 0 ? 9 : 5)) {
            case 0, 1, 2 -> comparison(depth);
            case 3 -> matching(value(0));
            case 4 -> call(depth);
            case 5, 6 -> joined(depth, " and ", true);
            case 7 -> joined(depth, " or ", false);
            default -> {
                PlainExpression inner = condition(depth - 1);
                yield new PlainExpression(
                        "not (" + inner.text() + ")", span -> !truth(inner.of(span)), inner);
            }
        };
    }

    private PlainExpression joined(int depth, String word, boolean all) {
        PlainExpression left = condition(depth - 1);
        PlainExpression right = condition(depth - 1);
        return new PlainExpression(
                "((" + left.text() + ")" + word + "(" + right.text() + "))",
                span ->
                        all
                                ? truth(left.of(span)) && truth(right.of(span))
                                : truth(left.of(span)) || truth(right.of(span)),
                left,
                right);
    }

    private static boolean truth(Object value) {
        if (value instanceof Boolean truth) {
            return truth;
        }
        throw new Wrong();
    }

    private PlainExpression comparison(int depth) {
        String operator = OPERATORS.get(random.nextInt(OPERATORS.size()));
        PlainExpression left = value(depth);
        PlainExpression right = random.nextBoolean() ? literalLike(left) : value(depth);
        boolean mirrored = random.nextInt(4) == 0;
        PlainExpression first = mirrored ? right : left;
        PlainExpression second = mirrored ? left : right;
        return new PlainExpression(
                first.text() + " " + operator + " " + second.text(),
                span -> PlainExpression.compare(operator, first.of(span), second.of(span)),
                first,
                second);
    }

    /**
     * A literal of the value that the expression has, or of one near it, where one can be written.
     */
    private PlainExpression literalLike(PlainExpression expression) {
        try {
            Object value = expression.of(span);
            if (value instanceof Long number && random.nextBoolean()) {
                value = number + random.nextInt(3) - 1;
            }
            return isLiteral(value) ? literal(value) : anyLiteral();
        } catch (Wrong wrong) {
            return anyLiteral();
        }
    }

    private static boolean isLiteral(Object value) {
        return value == null
                || value instanceof String
                || value instanceof Boolean
                || value instanceof Long
                || value instanceof Double number && Double.isFinite(number)
                || value instanceof byte[] bytes && bytes.length > 0;
    }

    private PlainExpression literal(Object value) {
        return new PlainExpression(spelled(value), span -> value);
    }

    private String spelled(Object value) {
        if (value instanceof String text) {
            StringBuilder spelled = new StringBuilder("\"");
            text.codePoints()
                    .forEach(
                            each ->
                                    spelled.append(
                                            each == '"' || each == '\\' || random.nextInt(8) == 0
                                                    ? "\\U%08x".formatted(each)
                                                    : Character.toString(each)));
            return spelled.append('"').toString();
        } else if (value instanceof byte[] bytes) {
            return "0x" + HexFormat.of().formatHex(bytes);
        } else if (value instanceof Double number) {
            return number.toString().contains("E")
                    ? number.toString().replace("E", "e")
                    : number.toString();
        }
        return value == null ? "nil" : value.toString();
    }

    private PlainExpression anyLiteral() {
        return switch (random.nextInt(8)) {
            case 0 -> literal(null);
            case 1 -> literal(random.nextBoolean());
            case 2 -> literal((long) random.nextInt(5));
            case 3 -> literal(random.nextInt(8) / 2.0);
            case 4 -> literal("http.");
            case 5 -> new PlainExpression("STATUS_CODE_ERROR", span -> 2L);
            case 6 ->
                    new PlainExpression(
                            "Duration(\"1.5ms\")",
                            span -> new Stretch(BigInteger.valueOf(1_500_000)));
            default -> literal(new byte[] {1, 2});
        };
    }

    private PlainExpression value(int depth) {
        return switch (random.nextInt(depth > 0 ? 9 : 6)) {
            case 0, 1, 2 -> attribute();
            case 3, 4 -> field();
            case 5 -> anyLiteral();
            case 6, 7 -> calculation(depth - 1);
            default -> call(depth - 1);
        };
    }

    private PlainExpression calculation(int depth) {
        char operator = "+-*/".charAt(random.nextInt(4));
        PlainExpression left = value(depth);
        PlainExpression right = value(depth);
        return new PlainExpression(
                "(" + left.text() + " " + operator + " " + right.text() + ")",
                span -> PlainExpression.calculate(operator, left.of(span), right.of(span)),
                left,
                right);
    }

    private PlainExpression field() {
        return switch (random.nextInt(17)) {
            case 0 -> field("name", each -> each.span().getName());
            case 1 -> field("span.kind", each -> (long) each.span().getKindValue());
            case 2 -> field("status.code", each -> (long) each.span().getStatus().getCodeValue());
            case 3 -> field("status.message", each -> each.span().getStatus().getMessage());
            case 4 -> field("trace_id", each -> each.span().getTraceId().toByteArray());
            case 5 -> field("span_id", each -> each.span().getSpanId().toByteArray());
            case 6 -> field("parent_span_id", RandomConditions::parent);
            case 7 ->
                    field("parent_span_id.string", each -> HexFormat.of().formatHex(parent(each)));
            case 8 -> field("trace_state", each -> each.span().getTraceState());
            case 9 -> field("start_time_unix_nano", each -> each.span().getStartTimeUnixNano());
            case 10 -> field("start_time", each -> moment(each.span().getStartTimeUnixNano()));
            case 11 -> field("end_time", each -> moment(each.span().getEndTimeUnixNano()));
            case 12 ->
                    field(
                            "dropped_links_count",
                            each -> Integer.toUnsignedLong(each.span().getDroppedLinksCount()));
            case 13 ->
                    field("instrumentation_scope.name", each -> each.within().getScope().getName());
            case 14 -> field("scope.version", each -> each.within().getScope().getVersion());
            case 15 ->
                    field(
                            "attributes",
                            each -> PlainExpression.plain(each.span().getAttributesList()));
            default -> field("flags", each -> Integer.toUnsignedLong(each.span().getFlags()));
        };
    }

    private static PlainExpression field(String path, Function<PlacedSpan, Object> meaning) {
        return new PlainExpression(path, meaning);
    }

    private static byte[] parent(PlacedSpan placed) {
        Span span = placed.span();
        return span.getParentSpanId().isEmpty()
                ? new byte[8]
                : span.getParentSpanId().toByteArray();
    }

    private static Moment moment(long nanos) {
        return new Moment(BigInteger.valueOf(nanos));
    }

    private PlainExpression attribute() {
        return switch (random.nextInt(4)) {
            case 0 ->
                    attribute(
                            "resource.attributes",
                            each -> each.under().getResource().getAttributesList());
            case 1 ->
                    attribute(
                            "scope.attributes",
                            each -> each.within().getScope().getAttributesList());
            default -> attribute("attributes", each -> each.span().getAttributesList());
        };
    }

    /** One that is there, often, and often a value within it. */
    private PlainExpression attribute(
            String path, Function<PlacedSpan, List<KeyValue>> attributes) {
        List<KeyValue> there =
                attributes.apply(span).stream().filter(each -> !each.getKey().isEmpty()).toList();
        String key =
                there.isEmpty() || random.nextInt(8) == 0
                        ? "missing"
                        : there.get(random.nextInt(there.size())).getKey();
        StringBuilder text = new StringBuilder(path + "[" + spelled(key) + "]");
        List<Object> keys = new ArrayList<>();
        Object value = PlainExpression.plain(attributes.apply(span)).get(key);
        while (random.nextInt(4) > 0 && (value instanceof List || value instanceof Map)) {
            Object next = keyWithin(value);
            keys.add(next);
            text.append('[').append(spelled(next)).append(']');
            value =
                    value instanceof Map<?, ?> map
                            ? map.get(next)
                            : next instanceof Long index && index < ((List<?>) value).size()
                                    ? ((List<?>) value).get(index.intValue())
                                    : null;
        }
        return new PlainExpression(
                text.toString(),
                each -> {
                    Map<String, Object> all = PlainExpression.plain(attributes.apply(each));
                    Object found = all.get(key);
                    boolean absent = !all.containsKey(key);
                    for (Object next : keys) {
                        if (absent) {
                            return null;
                        }
                        absent = found instanceof Map<?, ?> map && !map.containsKey(next);
                        found = PlainExpression.within(found, next);
                    }
                    return found;
                });
    }

    private Object keyWithin(Object value) {
        if (random.nextInt(10) == 0) {
            return random.nextBoolean() ? "other" : (Object) 9L;
        }
        if (value instanceof Map<?, ?> map) {
            List<?> keys = new ArrayList<>(map.keySet());
            return keys.isEmpty() ? "none" : keys.get(random.nextInt(keys.size()));
        }
        return (long) random.nextInt(Math.max(1, ((List<?>) value).size()));
    }

    private PlainExpression call(int depth) {
        PlainExpression value = value(Math.max(0, depth - 1));
        return switch (random.nextInt(10)) {
            case 0 -> call("IsString", value, each -> each instanceof String);
            case 1 -> call("IsInt", value, each -> each instanceof Long);
            case 2 -> call("IsList", value, each -> each instanceof List);
            case 3 -> call("Len", value, RandomConditions::length);
            case 4 ->
                    call(
                            "Bool",
                            value,
                            each ->
                                    each instanceof Boolean
                                            ? each
                                            : each instanceof Number number
                                                    ? (Object) (number.doubleValue() != 0)
                                                    : null);
            case 5 -> new PlainExpression("IsRootSpan()", each -> isRoot(each.span()));
            case 6 ->
                    call(
                            "ToUpperCase",
                            value,
                            each ->
                                    PlainExpression.string(each)
                                            .toUpperCase(java.util.Locale.ROOT));
            case 7 -> call("HasPrefix", value, "http.", (text, part) -> text.startsWith(part));
            case 8 -> call("HasSuffix", value, "cart", (text, part) -> text.endsWith(part));
            default ->
                    new PlainExpression(
                            "Coalesce([nil, " + value.text() + ", \"else\"])",
                            each -> value.of(each) == null ? "else" : value.of(each),
                            value);
        };
    }

    /** Only of strings, whose text is no question of number formats. */
    private static PlainExpression matching(PlainExpression value) {
        return new PlainExpression(
                "(IsString(" + value.text() + ") and IsMatch(" + value.text() + ", \"cart|é\"))",
                each -> {
                    Object target = value.of(each);
                    return target instanceof String text
                            && (text.contains("cart") || text.contains("é"));
                },
                value);
    }

    private static boolean isRoot(Span span) {
        return span.getParentSpanId().isEmpty();
    }

    private static Object length(Object value) {
        if (value instanceof String text) {
            return (long) PlainExpression.utf8(text).length;
        } else if (value instanceof List<?> list) {
            return (long) list.size();
        } else if (value instanceof Map<?, ?> map) {
            return (long) map.size();
        } else if (value instanceof byte[] bytes) {
            return (long) bytes.length;
        }
        throw new Wrong();
    }

    private static PlainExpression call(
            String name, PlainExpression value, Function<Object, Object> meaning) {
        return new PlainExpression(
                name + "(" + value.text() + ")", each -> meaning.apply(value.of(each)), value);
    }

    private interface OfTwoTexts {
        boolean of(String text, String part);
    }

    private static PlainExpression call(
            String name, PlainExpression value, String part, OfTwoTexts meaning) {
        return new PlainExpression(
                name + "(" + value.text() + ", \"" + part + "\")",
                each -> meaning.of(PlainExpression.string(value.of(each)), part),
                value);
    }
}
