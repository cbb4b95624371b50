package io.tailrace.jobs.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Puts what a {@code --set path=value} says into a spec. */
final class Overrides {

    private static final Pattern PATH =
            Pattern.compile("[^.\\[\\]\\s]+(\\.[^.\\[\\]\\s]+|\\[[0-9]+])*");
    private static final Pattern INDEX = Pattern.compile("[0-9]{1,6}");

    private final ProblemList problems;
    private final Shape shape;

    Overrides(ProblemList problems, Shape shape) {
        this.problems = problems;
        this.shape = shape;
    }

    /** The changed spec; where the text is malformed, a problem and the spec as it was. */
    Node apply(Node root, String set, int order) {
        int equals = set.indexOf('=');
        String path = equals < 0 ? set : set.substring(0, equals);
        Location location = new Location(order, "--set " + Quoted.oneLine(path), 0, 0);
        if (equals < 0 || !PATH.matcher(path).matches()) {
            problems.add(
                    location,
                    KeyPath.ROOT,
                    equals < 0 ? "has no value" : "is not a path",
                    "path=value, such as tail_sampling.policies[0].name=slow");
            return root;
        }
        Node value =
                new YamlParser(problems)
                        .parse(set.substring(equals + 1), location, new KeyPath(path));
        if (value == null) {
            return root;
        }
        Node changed = new Change(value, location).put(root, shape, path, KeyPath.ROOT);
        return changed == null ? root : changed;
    }

    /** One value on its way to its place. */
    private final class Change {
        private final Node value;
        private final Location location;

        Change(Node value, Location location) {
            this.value = value;
            this.location = location;
        }

        /**
         * @param current what is there; null if nothing is
         * @param shape what belongs there; null if nothing known does
         * @param rest of the path, from here on
         * @return null, after a problem, where the path leads nowhere
         */
        Node put(Node current, Shape shape, String rest, KeyPath path) {
            if (rest.isEmpty()) {
                return value;
            }
            boolean nothing = current == null || current instanceof Node.Scalar;
            boolean bracketed = rest.startsWith("[");
            String step = step(shape, rest);
            String after = rest.substring(step.length() + (bracketed ? 2 : 0));
            String next = after.startsWith(".") ? after.substring(1) : after;
            if (current instanceof Node.Sequence
                    || (nothing && (bracketed || shape instanceof Shape.Many))) {
                Node.Sequence list =
                        current instanceof Node.Sequence present
                                ? present
                                : new Node.Sequence(List.of(), location);
                return element(list, shape, step, next, path);
            } else if (bracketed) {
                problems.add(location, path, "is not a list", "a key in place of [" + step + "]");
                return null;
            }
            Node.Mapping mapping =
                    current instanceof Node.Mapping present
                            ? present
                            : new Node.Mapping(Map.of(), location);
            if (shape instanceof Shape.Texts) {
                mapping = without(mapping, step);
            }
            Node.Entry old = mapping.entries().get(step);
            Node below =
                    put(old == null ? null : old.value(), below(shape, step), next, path.key(step));
            return below == null ? null : mapping.with(new Node.Entry(step, location, below));
        }

        private String step(Shape shape, String rest) {
            if (rest.startsWith("[")) {
                return rest.substring(1, rest.indexOf(']'));
            } else if (shape instanceof Shape.Texts) {
                return rest;
            }
            return rest.split("[.\\[]", 2)[0];
        }

        private Shape below(Shape shape, String step) {
            if (shape instanceof BlockShape block) {
                return block.shapes().get(step);
            }
            return shape instanceof Shape.Named named ? named.value() : null;
        }

        private Node element(
                Node.Sequence list, Shape shape, String step, String next, KeyPath path) {
            int size = list.elements().size();
            if (!INDEX.matcher(step).matches() || Integer.parseInt(step) > size) {
                problems.add(
                        location,
                        path,
                        Quoted.of(step) + " is not the index of an element",
                        size == 0 ? "0, as the list is empty" : "a number from 0 to " + size);
                return null;
            }
            int index = Integer.parseInt(step);
            Shape elementShape = shape instanceof Shape.Many many ? many.element() : null;
            Node old = index < size ? list.elements().get(index) : null;
            Node below = put(old, elementShape, next, path.index(index));
            if (below == null) {
                return null;
            }
            List<Node> elements = new ArrayList<>(list.elements());
            if (index < size) {
                elements.set(index, below);
            } else {
                elements.add(below);
            }
            return new Node.Sequence(elements, list.location());
        }
    }

    /** A map of texts without a key, whether it was written with dots or in nested objects. */
    private static Node.Mapping without(Node.Mapping mapping, String key) {
        Map<String, Node.Entry> kept = new LinkedHashMap<>();
        for (Node.Entry entry : mapping.entries().values()) {
            boolean above = key.startsWith(entry.key() + '.');
            if (above && entry.value() instanceof Node.Mapping nested) {
                Node.Mapping rest = without(nested, key.substring(entry.key().length() + 1));
                kept.put(entry.key(), new Node.Entry(entry.key(), entry.location(), rest));
            } else if (!entry.key().equals(key)) {
                kept.put(entry.key(), entry);
            }
        }
        return new Node.Mapping(kept, mapping.location());
    }
}
