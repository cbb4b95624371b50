package io.tailrace.jobs.spec;

import io.tailrace.operators.settings.Inlined;
import io.tailrace.operators.settings.Meaning;
import io.tailrace.operators.settings.OneOf;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An object whose keys are the components of a record. Lazy, for records may hold their own kind.
 */
record BlockShape(Class<? extends Record> type) implements Shape {

    private static final ClassValue<List<Key>> KEYS =
            new ClassValue<>() {
                @Override
                protected List<Key> computeValue(Class<?> type) {
                    List<Key> keys = keysOf(type);
                    if (keys.stream().filter(key -> key.shape() instanceof TypedShape).count()
                            > 1) {
                        throw new IllegalArgumentException(type + " has two typed components");
                    }
                    return keys;
                }
            };

    private static List<Key> keysOf(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .flatMap(
                        component ->
                                component.isAnnotationPresent(Inlined.class)
                                        ? keysOf(component.getType()).stream()
                                        : Stream.of(Key.of(component)))
                .toList();
    }

    /** In the order of the components; those of inlined ones in their place. */
    List<Key> keys() {
        return KEYS.get(type);
    }

    boolean oneOf() {
        return type.isAnnotationPresent(OneOf.class);
    }

    /** Empty where none is given. */
    String meaning() {
        Meaning meaning = type.getAnnotation(Meaning.class);
        return meaning == null ? "" : meaning.value();
    }

    /** The component that is written among the other keys; null if there is none. */
    Key typedKey() {
        return keys().stream()
                .filter(key -> key.shape() instanceof TypedShape)
                .findFirst()
                .orElse(null);
    }

    /** All that may be written in it, with what belongs there. */
    Map<String, Shape> shapes() {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        for (Key key : keys()) {
            if (key.shape() instanceof TypedShape typed) {
                shapes.put(typed.key(), new ScalarShape.Text());
                shapes.putAll(typed.variants());
            } else {
                shapes.put(key.name(), key.shape());
            }
        }
        return shapes;
    }

    /** Whether an empty object will do. */
    boolean mayBeEmpty() {
        return !oneOf() && keys().stream().noneMatch(Key::required);
    }

    @Override
    public String expected() {
        return "an object";
    }
}
