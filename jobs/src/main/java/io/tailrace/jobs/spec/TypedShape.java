package io.tailrace.jobs.spec;

import io.tailrace.operators.settings.Typed;

import java.util.LinkedHashMap;
import java.util.Map;

/** One of a sealed interface's records, told by a key beside its block. */
record TypedShape(Class<?> type) implements Shape {

    TypedShape {
        if (annotation(type) == null) {
            throw new IllegalArgumentException(type.getName() + " is not @Typed");
        }
    }

    /** The key that names the record. */
    String key() {
        return annotation(type).key();
    }

    /** What is typed, in words such as {@code policy}. */
    String noun() {
        return Names.words(type.getSimpleName());
    }

    /** The records by name, in the order the interface permits them. */
    Map<String, BlockShape> variants() {
        Map<String, BlockShape> variants = new LinkedHashMap<>();
        collect(type, variants);
        return variants;
    }

    private static void collect(Class<?> type, Map<String, BlockShape> variants) {
        for (Class<?> permitted : type.getPermittedSubclasses()) {
            if (permitted.isRecord()) {
                variants.put(
                        Names.snakeCase(permitted.getSimpleName()),
                        new BlockShape(permitted.asSubclass(Record.class)));
            } else if (permitted.isSealed()) {
                collect(permitted, variants);
            } else {
                throw new IllegalArgumentException(permitted.getName() + " is no record");
            }
        }
    }

    private static Typed annotation(Class<?> type) {
        Typed own = type.getAnnotation(Typed.class);
        for (Class<?> above : type.getInterfaces()) {
            own = own == null ? annotation(above) : own;
        }
        return own;
    }

    @Override
    public String expected() {
        return "one of: " + String.join(", ", variants().keySet());
    }
}
