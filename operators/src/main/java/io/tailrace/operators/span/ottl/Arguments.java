package io.tailrace.operators.span.ottl;

import java.util.List;
import java.util.Map;

/** What a function is given, each of a type that its parameter takes. */
final class Arguments {

    private final Object[] values;

    Arguments(Object[] values) {
        this.values = values;
    }

    /** Whether an optional one is there. */
    boolean has(int index) {
        return values[index] != null;
    }

    Object any(int index) {
        return values[index];
    }

    String text(int index) {
        return (String) values[index];
    }

    String text(int index, String orElse) {
        return has(index) ? text(index) : orElse;
    }

    long whole(int index) {
        return (Long) values[index];
    }

    boolean truth(int index) {
        return (Boolean) values[index];
    }

    /** Nanoseconds since the epoch. */
    long time(int index) {
        return ((Type.Time) values[index]).nanos();
    }

    /** Nanoseconds. */
    long duration(int index) {
        return ((Type.Duration) values[index]).nanos();
    }

    List<?> list(int index) {
        return (List<?>) values[index];
    }

    Map<?, ?> map(int index) {
        return (Map<?, ?>) values[index];
    }
}
