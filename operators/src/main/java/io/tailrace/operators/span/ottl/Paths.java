package io.tailrace.operators.span.ottl;

import io.tailrace.operators.span.semconv.Semconv;
import io.tailrace.operators.span.wire.Attributes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Finds what a path means. It begins with the context it goes into: {@code span}, {@code
 * spanevent}, {@code resource}, {@code scope} or {@code instrumentation_scope}; without one it goes
 * into that of the condition.
 */
final class Paths {

    private static final Map<String, String> UNSUPPORTED =
            Map.of(
                    "cache", "a condition has no cache",
                    "events", "conditions on events stand under 'spanevent'",
                    "links", "links are not supported");

    private final Context context;
    private final Semconv semconv;
    private final Compiler compiler;

    Paths(Context context, Semconv semconv, Compiler compiler) {
        this.context = context;
        this.semconv = semconv;
        this.compiler = compiler;
    }

    Expression resolve(Syntax.Path path) throws OttlException {
        List<Syntax.Field> fields = path.fields();
        String prefix = fields.get(0).name();
        boolean prefixed = fields.size() > 1 && fields.get(0).keys().isEmpty();
        return switch (prefixed ? prefix : "") {
            case "span" -> find(path, 1, SpanPaths.FIELDS, SpanPaths.ATTRIBUTES);
            case "spanevent" -> {
                if (context != Context.SPAN_EVENT) {
                    throw new OttlException(
                            path.column(),
                            "a condition on spans has no event; write it under 'spanevent'");
                }
                yield find(path, 1, EventPaths.FIELDS, EventPaths.ATTRIBUTES);
            }
            case "resource" -> find(path, 1, ResourcePaths.FIELDS, ResourcePaths.ATTRIBUTES);
            case "scope", "instrumentation_scope" ->
                    find(path, 1, ScopePaths.FIELDS, ScopePaths.ATTRIBUTES);
            default ->
                    context == Context.SPAN
                            ? find(path, 0, SpanPaths.FIELDS, SpanPaths.ATTRIBUTES)
                            : find(path, 0, EventPaths.FIELDS, EventPaths.ATTRIBUTES);
        };
    }

    private Expression find(
            Syntax.Path path,
            int first,
            Map<String, Expression> fields,
            Function<Row, Attributes> attributes)
            throws OttlException {
        List<Syntax.Field> rest = path.fields().subList(first, path.fields().size());
        String name = rest.stream().map(Syntax.Field::name).collect(Collectors.joining("."));
        List<Syntax> keys = rest.get(rest.size() - 1).keys();
        for (Syntax.Field each : rest.subList(0, rest.size() - 1)) {
            if (!each.keys().isEmpty()) {
                throw new OttlException(
                        each.column(),
                        "keys stand at the path's end; of nested values write [\"a\"][\"b\"]");
            }
        }
        if (name.equals("attributes")) {
            return keys.isEmpty()
                    ? new Expression.Computed(Type.MAP, row -> attributes.apply(row).toMap())
                    : new Expression.Attribute(new AttributePath(attributes, keys(keys), semconv));
        }
        if (fields == SpanPaths.FIELDS && name.equals("trace_state") && !keys.isEmpty()) {
            return traceState(keys);
        }
        Expression field = fields.get(name);
        if (field == null) {
            throw new OttlException(rest.get(0).column(), unknown(name, fields));
        }
        if (!keys.isEmpty()) {
            throw new OttlException(keys.get(0).column(), "'%s' has no keys".formatted(name));
        }
        return field;
    }

    private String unknown(String name, Map<String, Expression> fields) {
        String reason = UNSUPPORTED.get(name);
        if (reason != null) {
            return "'%s' is not supported: %s".formatted(name, reason);
        }
        TreeSet<String> known = new TreeSet<>(fields.keySet());
        known.add("attributes");
        return Suggestion.unknown("path", name, known);
    }

    private List<Key> keys(List<Syntax> all) throws OttlException {
        List<Key> keys = new ArrayList<>();
        for (Syntax each : all) {
            Key key = Key.of(each.column(), compiler.expression(each));
            if (keys.isEmpty() && key instanceof Key.Index) {
                throw new OttlException(each.column(), "attributes have strings for keys");
            }
            keys.add(key);
        }
        return keys;
    }

    private Expression traceState(List<Syntax> keys) throws OttlException {
        Expression key = compiler.expression(keys.get(0));
        if (keys.size() > 1 || key.type() != Type.STRING && key.type() != Type.ANY) {
            throw new OttlException(
                    keys.get(keys.size() - 1).column(), "trace_state has one key, a string");
        }
        return new Expression.Computed(
                Type.ANY,
                row -> {
                    if (key.value(row) instanceof String text) {
                        return TraceStateEntry.find(row.span.traceState(), text);
                    }
                    throw new OttlEvaluationException("trace_state has one key, a string");
                });
    }
}
