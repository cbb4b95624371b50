package io.tailrace.operators.span.ottl;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static io.tailrace.operators.span.ottl.Converter.named;
import static io.tailrace.operators.span.ottl.Parameter.any;

/** Functions on lists and maps, and on strings as if they were some. */
final class CollectionConverters {

    static final List<Converter> ALL =
            List.of(
                    named(
                            "Len",
                            Type.INT,
                            each -> length(each.any(0)),
                            Parameter.of("target", Type.STRING, Type.LIST, Type.MAP, Type.BYTES)),
                    named(
                            "ContainsValue",
                            Type.BOOL,
                            each -> index(each.list(0), each.any(1)) >= 0,
                            Parameter.of("target", Type.LIST),
                            any("item")),
                    named(
                            "Index",
                            Type.INT,
                            CollectionConverters::index,
                            Parameter.of("target", Type.STRING, Type.LIST),
                            any("value")),
                    named(
                            "Keys",
                            Type.LIST,
                            each -> new ArrayList<>(each.map(0).keySet()),
                            Parameter.of("target", Type.MAP)),
                    named(
                            "Values",
                            Type.LIST,
                            each -> new ArrayList<>(each.map(0).values()),
                            Parameter.of("target", Type.MAP)),
                    named(
                            "Coalesce",
                            Type.ANY,
                            CollectionConverters::coalesce,
                            Parameter.of("values", Type.LIST)),
                    named(
                            "ParseJSON",
                            Type.ANY,
                            each -> Json.parse(each.text(0)),
                            Parameter.string("target")));

    private CollectionConverters() {}

    private static Object length(Object value) {
        if (value instanceof String text) {
            return (long) Expression.utf8(text).length;
        } else if (value instanceof List<?> list) {
            return (long) list.size();
        } else if (value instanceof Map<?, ?> map) {
            return (long) map.size();
        }
        return (long) ((byte[]) value).length;
    }

    private static Object index(Arguments arguments) {
        if (arguments.any(0) instanceof List<?> list) {
            return index(list, arguments.any(1));
        }
        if (arguments.any(1) instanceof String part) {
            String text = arguments.text(0);
            int index = text.indexOf(part);
            return index < 0
                    ? -1L
                    : (long) text.substring(0, index).getBytes(StandardCharsets.UTF_8).length;
        }
        throw new OttlEvaluationException(
                "Index needs a string to find in a string, found "
                        + Type.of(arguments.any(1)).described());
    }

    /** The first place of an equal value, or -1. */
    private static long index(List<?> list, Object value) {
        for (int i = 0; i < list.size(); i++) {
            if (Comparisons.test(Operator.EQUAL, list.get(i), value)) {
                return i;
            }
        }
        return -1;
    }

    private static Object coalesce(Arguments arguments) {
        for (Object value : arguments.list(0)) {
            if (value != null) {
                return value;
            }
        }
        return null;
    }
}
