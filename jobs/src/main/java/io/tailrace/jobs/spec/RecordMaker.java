package io.tailrace.jobs.spec;

import io.tailrace.operators.settings.Checked;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
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
            Object made = constructor(shape.type()).newInstance(values.toArray());
            if (made instanceof Checked checked) {
                checked.check((key, expected) -> refuse(shape, mapping, path, key, expected));
            }
            return made;
        } catch (InvocationTargetException e) {
            refuse(mapping, path, e.getCause());
        } catch (ReflectiveOperationException | RuntimeException e) {
            refuse(mapping, path, e);
        }
        return Binder.UNREADABLE;
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
        Found found = new Found(mapping.location(), mapping);
        for (String step : path.replace("]", "").split("[.\\[]")) {
            if (step.isEmpty()) {
                continue;
            }
            Node next = null;
            Location location = found.location();
            if (found.node() instanceof Node.Mapping object && object.entries().containsKey(step)) {
                Node.Entry entry = object.entries().get(step);
                next = entry.value();
                location = next instanceof Node.Scalar ? next.location() : entry.location();
            } else if (found.node() instanceof Node.Sequence list
                    && step.matches("[0-9]{1,9}")
                    && Integer.parseInt(step) < list.elements().size()) {
                next = list.elements().get(Integer.parseInt(step));
                location = next.location();
            }
            found = new Found(location, next);
            if (next == null) {
                break;
            }
        }
        return found;
    }
}
