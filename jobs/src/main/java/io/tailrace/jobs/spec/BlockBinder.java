package io.tailrace.jobs.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes records of objects, key by key. */
final class BlockBinder {

    private final ProblemList problems;
    private final Binder binder;
    private final TypedBinder typed;
    private final RecordMaker maker;
    private final Distinct distinct;

    BlockBinder(ProblemList problems, Binder binder) {
        this.problems = problems;
        this.binder = binder;
        this.typed = new TypedBinder(problems, binder, this);
        this.maker = new RecordMaker(problems);
        this.distinct = new Distinct(problems);
    }

    /** The record, or {@link Binder#UNREADABLE}. */
    Object bind(BlockShape shape, Node.Mapping mapping, KeyPath path) {
        Map<String, Node.Entry> given = given(shape, mapping, path);
        boolean readable = !shape.oneOf() || exactlyOne(shape, given, mapping, path);
        List<Object> values = new ArrayList<>();
        for (Key key : shape.keys()) {
            Object value =
                    key.shape() instanceof TypedShape variants
                            ? typed.bind(variants, key, mapping, given, path)
                            : value(shape, key, given.get(key.name()), mapping, path);
            readable &= value != Binder.UNREADABLE;
            values.add(value);
        }
        return readable ? maker.make(shape, values, mapping, path) : Binder.UNREADABLE;
    }

    /**
     * What was written, by right key. A misspelt key is a problem, but is read as what it was
     * probably meant for, so that one mistake neither hides others nor is told twice.
     */
    private Map<String, Node.Entry> given(BlockShape shape, Node.Mapping mapping, KeyPath path) {
        Map<String, Shape> known = shape.shapes();
        Map<String, Node.Entry> given = new LinkedHashMap<>();
        for (Node.Entry entry : mapping.entries().values()) {
            if (known.containsKey(entry.key())) {
                given.put(entry.key(), entry);
            }
        }
        for (Node.Entry entry : mapping.entries().values()) {
            if (known.containsKey(entry.key())) {
                continue;
            }
            String reason = shape.reasonAgainst(entry.key());
            if (reason != null) {
                problems.add(
                        entry.location(),
                        path.key(entry.key()),
                        entry.key(),
                        Quoted.of(entry.key()) + " is not a key here: " + reason,
                        "",
                        "");
                continue;
            }
            String nearest = Suggestions.nearest(entry.key(), known.keySet());
            problems.add(
                    entry.location(),
                    path.key(entry.key()),
                    entry.key(),
                    Quoted.of(entry.key()) + " is not a key here",
                    nearest.isEmpty() ? oneOf(known) : "",
                    nearest);
            if (!nearest.isEmpty()) {
                given.putIfAbsent(nearest, entry);
            }
        }
        return given;
    }

    private static String oneOf(Map<String, Shape> known) {
        return known.isEmpty() ? "no keys" : "one of: " + String.join(", ", known.keySet());
    }

    private boolean exactlyOne(
            BlockShape shape, Map<String, Node.Entry> given, Node.Mapping mapping, KeyPath path) {
        List<String> possible = shape.keys().stream().map(Key::name).toList();
        boolean readable = given.size() == 1;
        if (!readable) {
            problems.add(
                    mapping.location(),
                    path,
                    given.isEmpty() ? "is empty" : "has " + String.join(" and ", given.keySet()),
                    "exactly one of: " + String.join(", ", possible));
        }
        for (Node.Entry entry : given.values()) {
            if (entry.value().isAbsent()) {
                problems.add(entry.location(), path.key(entry.key()), "is empty", "a value");
                readable = false;
            }
        }
        return readable;
    }

    private Object value(
            BlockShape shape, Key key, Node.Entry entry, Node.Mapping mapping, KeyPath path) {
        KeyPath below = path.key(entry == null ? key.name() : entry.key());
        if (entry != null) {
            distinct.check(entry.value(), below, key.setting().distinct());
            Object value = binder.bind(key.shape(), entry.value(), below, key.rules());
            if (value != null) {
                if (value != Binder.UNREADABLE) {
                    maker.check(shape, key, value, mapping, path);
                }
                return value;
            }
        }
        if (!key.required()) {
            return standIn(key, below, mapping.location());
        }
        Location location = entry == null ? mapping.location() : entry.value().location();
        problems.add(
                location, below, entry == null ? "is missing" : "is empty", key.shape().expected());
        return Binder.UNREADABLE;
    }

    /** The default, or what stands for nothing. */
    private Object standIn(Key key, KeyPath path, Location location) {
        String written = key.setting().defaultsTo();
        if (!written.isEmpty()) {
            return binder.bind(
                    key.shape(), Defaults.node(key.shape(), written, location), path, key.rules());
        } else if (key.shape() instanceof Shape.Many) {
            return List.of();
        } else if (key.shape() instanceof Shape.Texts || key.shape() instanceof Shape.Named) {
            return Map.of();
        }
        return null;
    }
}
