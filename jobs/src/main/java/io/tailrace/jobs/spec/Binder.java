package io.tailrace.jobs.spec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes values of nodes, by the shape that is asked for. All that does not fit is a problem. */
final class Binder {

    /** In place of a value that could not be made; the problem is told. */
    static final Object UNREADABLE = new Object();

    private final ProblemList problems;
    private final ScalarBinder scalars;
    private final TextMapBinder textMaps;
    private final JsonBinder json;
    private final BlockBinder blocks;

    Binder(ProblemList problems, Map<String, String> environment) {
        this.problems = problems;
        this.scalars = new ScalarBinder(problems, environment);
        this.textMaps = new TextMapBinder(problems, scalars);
        this.json = new JsonBinder(scalars);
        this.blocks = new BlockBinder(problems, this);
    }

    ScalarBinder scalars() {
        return scalars;
    }

    /** The value, null for an absent one, or {@link #UNREADABLE}. */
    Object bind(Shape shape, Node node, KeyPath path, Rules rules) {
        if (node.isAbsent()) {
            return null;
        } else if (shape instanceof ScalarShape scalar) {
            return scalars.bind(scalar, node, path, rules);
        } else if (shape instanceof Shape.Json) {
            return json.bind(node, path);
        } else if (shape instanceof Shape.Many many) {
            return list(many, node, path, rules);
        } else if (shape instanceof TypedShape) {
            throw new IllegalArgumentException(path.text() + ": typed records need one around");
        } else if (!(node instanceof Node.Mapping mapping)) {
            problems.add(node.location(), path, written(node), words(node), shape.expected(), "");
            return UNREADABLE;
        } else if (shape instanceof BlockShape block) {
            return blocks.bind(block, mapping, path);
        } else {
            Object map =
                    shape instanceof Shape.Named named
                            ? map(named, mapping, path, rules)
                            : textMaps.bind(mapping, path, rules);
            boolean counted =
                    map instanceof Map<?, ?> read && !counts(read.size(), node, path, rules);
            return counted ? UNREADABLE : map;
        }
    }

    private Object list(Shape.Many shape, Node node, KeyPath path, Rules rules) {
        if (!(node instanceof Node.Sequence sequence)) {
            String words = rules.secret() ? "is a single value" : words(node);
            String written = rules.secret() ? "" : written(node);
            problems.add(node.location(), path, written, words, shape.expected(), "");
            return UNREADABLE;
        }
        List<Object> values = new ArrayList<>();
        boolean readable = counts(sequence.elements().size(), node, path, rules);
        for (int i = 0; i < sequence.elements().size(); i++) {
            Node element = sequence.elements().get(i);
            Object value = present(shape.element(), element, path.index(i), rules);
            readable &= value != UNREADABLE;
            values.add(value);
        }
        return readable ? Collections.unmodifiableList(values) : UNREADABLE;
    }

    private Object map(Shape.Named shape, Node.Mapping mapping, KeyPath path, Rules rules) {
        Map<String, Object> values = new LinkedHashMap<>();
        boolean readable = true;
        for (Node.Entry entry : mapping.entries().values()) {
            Object value = present(shape.value(), entry.value(), path.key(entry.key()), rules);
            readable &= value != UNREADABLE;
            values.put(entry.key(), value);
        }
        return readable ? Collections.unmodifiableMap(values) : UNREADABLE;
    }

    private Object present(Shape shape, Node node, KeyPath path, Rules rules) {
        Object value = bind(shape, node, path, rules.ofElement());
        if (value == null) {
            problems.add(node.location(), path, "is empty", shape.expected());
            return UNREADABLE;
        }
        return value;
    }

    private boolean counts(int size, Node node, KeyPath path, Rules rules) {
        if (size >= rules.leastElements() && size <= rules.most()) {
            return true;
        }
        String range =
                Rules.range(
                        rules.leastElements(), rules.most(), each -> Long.toString((long) each));
        problems.add(
                node.location(),
                path,
                size == 0 ? "is empty" : "has " + size + (size == 1 ? " element" : " elements"),
                range + " elements");
        return false;
    }

    /** What a node is, to stand before "expected". */
    static String words(Node node) {
        if (node instanceof Node.Scalar scalar) {
            return Quoted.of(scalar.text()) + " is a single value";
        }
        return node instanceof Node.Sequence ? "is a list" : "is an object";
    }

    static String written(Node node) {
        return node instanceof Node.Scalar scalar ? scalar.text() : "";
    }
}
