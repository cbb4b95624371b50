package io.tailrace.jobs.spec;

import java.util.List;
import java.util.Map;

/** Reads a typed record out of the keys of the record around it. */
final class TypedBinder {

    private final ProblemList problems;
    private final Binder binder;
    private final BlockBinder blocks;

    TypedBinder(ProblemList problems, Binder binder, BlockBinder blocks) {
        this.problems = problems;
        this.binder = binder;
        this.blocks = blocks;
    }

    /** The record, null where none is given nor needed, or {@link Binder#UNREADABLE}. */
    Object bind(
            TypedShape shape,
            Key key,
            Node.Mapping around,
            Map<String, Node.Entry> given,
            KeyPath path) {
        Map<String, BlockShape> variants = shape.variants();
        List<String> written = given.keySet().stream().filter(variants::containsKey).toList();
        Node.Entry typeEntry = given.get(shape.key());
        Object type = type(shape, key, around, typeEntry, written, path);
        if (type == null && written.isEmpty()) {
            return null;
        }
        if (!(type instanceof String name) || !variants.containsKey(name)) {
            // The type is told to be wrong already; now for what is wrong within the blocks.
            for (String variant : written) {
                block(variants.get(variant), given.get(variant), path);
            }
            return Binder.UNREADABLE;
        }
        boolean alone = refuseOthers(shape, name, given, written, path);
        Node.Entry own = given.get(name);
        Object value;
        if (own != null && !own.value().isAbsent()) {
            value = block(variants.get(name), own, path);
        } else if (variants.get(name).mayBeEmpty()) {
            Location location = typeEntry == null ? around.location() : typeEntry.location();
            Node.Mapping empty = new Node.Mapping(Map.of(), location);
            value = blocks.bind(variants.get(name), empty, path.key(name));
        } else {
            boolean missing = own == null;
            Location location = missing ? around.location() : own.location();
            problems.add(
                    location,
                    path.key(name),
                    missing ? "is missing" : "is empty",
                    "an object, as the type is " + Quoted.of(name));
            value = Binder.UNREADABLE;
        }
        return alone ? value : Binder.UNREADABLE;
    }

    private Object block(BlockShape variant, Node.Entry entry, KeyPath path) {
        return binder.bind(variant, entry.value(), path.key(entry.key()), Key.NO_RULES);
    }

    /** The type's right name, null for none, or {@link Binder#UNREADABLE}. */
    private Object type(
            TypedShape shape,
            Key key,
            Node.Mapping around,
            Node.Entry entry,
            List<String> blocks,
            KeyPath path) {
        KeyPath below = path.key(entry == null ? shape.key() : entry.key());
        if (entry != null && !(entry.value() instanceof Node.Scalar)) {
            problems.add(
                    entry.value().location(), below, Binder.words(entry.value()), shape.expected());
            return Binder.UNREADABLE;
        }
        if (entry != null) {
            Node.Scalar scalar = (Node.Scalar) entry.value();
            Object text = binder.scalars().text(scalar, below, false);
            if (text == Binder.UNREADABLE) {
                return Binder.UNREADABLE;
            }
            if (text instanceof Substitution substitution && !substitution.value().isEmpty()) {
                return known(shape, scalar, substitution, below);
            }
        }
        if (!key.setting().defaultsTo().isEmpty()) {
            return key.setting().defaultsTo();
        } else if (key.required() || !blocks.isEmpty()) {
            problems.add(
                    entry == null ? around.location() : entry.value().location(),
                    below,
                    "",
                    entry == null ? "is missing" : "is empty",
                    shape.expected(),
                    blocks.size() == 1 ? blocks.get(0) : "");
            return Binder.UNREADABLE;
        }
        return null;
    }

    private Object known(
            TypedShape shape, Node.Scalar scalar, Substitution substitution, KeyPath path) {
        Map<String, BlockShape> variants = shape.variants();
        if (variants.containsKey(substitution.value())) {
            return substitution.value();
        }
        problems.add(
                scalar.location(),
                path,
                scalar.text(),
                ScalarBinder.shown(scalar, substitution, Key.NO_RULES)
                        + " is not a "
                        + shape.noun()
                        + " type",
                shape.expected(),
                Suggestions.nearest(substitution.value(), variants.keySet()));
        return Binder.UNREADABLE;
    }

    private boolean refuseOthers(
            TypedShape shape,
            String type,
            Map<String, Node.Entry> given,
            List<String> written,
            KeyPath path) {
        for (String other : written) {
            if (!other.equals(type)) {
                Node.Entry entry = given.get(other);
                problems.add(
                        entry.location(),
                        path.key(entry.key()),
                        entry.key(),
                        Quoted.of(entry.key())
                                + " belongs to the type of that name, but the "
                                + shape.key()
                                + " is "
                                + Quoted.of(type),
                        "",
                        "");
            }
        }
        return written.stream().allMatch(type::equals);
    }
}
