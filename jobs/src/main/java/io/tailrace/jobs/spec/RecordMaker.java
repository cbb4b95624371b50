package io.tailrace.jobs.spec;

import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.Inlined;
import io.tailrace.operators.settings.ValueCheck;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** Calls a record's constructor and its own checks, and tells what they refuse. */
final class RecordMaker {

    private final ProblemList problems;

    RecordMaker(ProblemList problems) {
        this.problems = problems;
    }

    /** The record, or {@link Binder#UNREADABLE}. */
    Object make(BlockShape shape, List<Object> values, Node.Mapping mapping, KeyPath path) {
        try {
            return make(
                    shape.type(),
                    values.iterator(),
                    (key, expected) -> refuse(shape, mapping, path, key, expected));
        } catch (InvocationTargetException e) {
            refuse(mapping, path, e.getCause());
        } catch (ReflectiveOperationException | RuntimeException e) {
            refuse(mapping, path, e);
        }
        return Binder.UNREADABLE;
    }

    /**
     * @param values those of its components, in which those of inlined ones have their place
     */
    private static Object make(Class<?> type, Iterator<Object> values, Checked.Problems problems)
            throws ReflectiveOperationException {
        List<Object> arguments = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            arguments.add(
                    component.isAnnotationPresent(Inlined.class)
                            ? make(component.getType(), values, problems)
                            : values.next());
        }
        Object made = constructor(type.asSubclass(Record.class)).newInstance(arguments.toArray());
        if (made instanceof Checked checked) {
            checked.check(problems);
        }
        return made;
    }

    /** Asks a value's own rule. */
    @SuppressWarnings("unchecked") // whoever annotates a component says which check fits its type
    void check(BlockShape shape, Key key, Object value, Node.Mapping mapping, KeyPath path) {
        ValueCheck<Object> check;
        try {
            Constructor<? extends ValueCheck<?>> constructor =
                    key.setting().check().getDeclaredConstructor();
            constructor.setAccessible(true);
            check = (ValueCheck<Object>) constructor.newInstance();
        } catch (ReflectiveOperationException wrong) {
            throw new IllegalArgumentException(key.setting().check() + " cannot be made", wrong);
        }
        check.check(
                value,
                (below, expected) ->
                        refuse(
                                shape,
                                mapping,
                                path,
                                new KeyPath(key.name()).below(below).text(),
                                expected));
    }

    private static Constructor<? extends Record> constructor(Class<? extends Record> type)
            throws NoSuchMethodException {
        Class<?>[] types =
                Arrays.stream(type.getRecordComponents())
                        .map(RecordComponent::getType)
                        .toArray(Class<?>[]::new);
        Constructor<? extends Record> constructor = type.getDeclaredConstructor(types);
        constructor.setAccessible(true);
        return constructor;
    }

    private void refuse(Node.Mapping mapping, KeyPath path, Throwable cause) {
        String words =
                cause instanceof IllegalArgumentException && cause.getMessage() != null
                        ? cause.getMessage()
                        : "cannot be used: " + cause;
        problems.add(mapping.location(), path, Quoted.oneLine(words), "");
    }

    private void refuse(
            BlockShape shape, Node.Mapping mapping, KeyPath path, String key, String expected) {
        Key typed = shape.typedKey();
        String written =
                typed != null && key.equals(typed.name())
                        ? ((TypedShape) typed.shape()).key()
                        : key;
        Found found = find(mapping, written);
        boolean secret =
                shape.keys().stream()
                        .anyMatch(each -> each.setting().secret() && each.name().equals(written));
        String value = found.node() == null || secret ? "" : Binder.written(found.node());
        String complaint;
        if (found.node() == null) {
            complaint = "is missing";
        } else {
            complaint = value.isEmpty() ? "does not fit" : Quoted.of(value) + " does not fit";
        }
        problems.add(found.location(), path.below(written), value, complaint, expected, "");
    }

    /**
     * @param node null where nothing is written at the path
     */
    private record Found(Location location, Node node) {}

    /** Follows a path such as {@code policies[2].name} as far as it leads. */
    private static Found find(Node.Mapping mapping, String path) {
        return find(mapping, mapping.location(), path);
    }

    private static Found find(Node node, Location location, String path) {
        if (path.isEmpty()) {
            return new Found(location, node);
        }
        if (node instanceof Node.Mapping object) {
            for (Node.Entry entry : object.entries().values()) {
                // Keys of Flink and Kafka have dots of their own, so the path is not cut at them.
                if (leadsTo(entry.key(), path)) {
                    String rest = path.substring(entry.key().length());
                    boolean scalar = entry.value() instanceof Node.Scalar;
                    return find(
                            entry.value(),
                            scalar ? entry.value().location() : entry.location(),
                            rest.startsWith(".") ? rest.substring(1) : rest);
                }
            }
        } else if (node instanceof Node.Sequence list && path.startsWith("[")) {
            int end = path.indexOf(']');
            int index = Integer.parseInt(path.substring(1, end));
            if (index < list.elements().size()) {
                Node element = list.elements().get(index);
                String rest = path.substring(end + 1);
                return find(
                        element,
                        element.location(),
                        rest.startsWith(".") ? rest.substring(1) : rest);
            }
        }
        return new Found(location, null);
    }

    private static boolean leadsTo(String key, String path) {
        return path.startsWith(key)
                && (path.length() == key.length() || ".[".indexOf(path.charAt(key.length())) >= 0);
    }
}
