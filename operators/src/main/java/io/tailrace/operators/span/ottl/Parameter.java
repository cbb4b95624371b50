package io.tailrace.operators.span.ottl;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a function takes at one place.
 *
 * @param types what it may be; none for any value, also nil
 * @param choices of a string that must be a literal, what it may be; else none
 * @param preparation of a string, what the function works with; it throws {@link
 *     OttlEvaluationException} where it cannot
 */
record Parameter(
        String name,
        Set<Type> types,
        boolean optional,
        List<String> choices,
        Function<String, Object> preparation) {

    static Parameter any(String name) {
        return of(name);
    }

    static Parameter of(String name, Type... types) {
        return new Parameter(name, Set.of(types), false, List.of(), null);
    }

    static Parameter string(String name) {
        return of(name, Type.STRING);
    }

    static Parameter choice(String name, String... choices) {
        return new Parameter(name, Set.of(Type.STRING), false, List.of(choices), null);
    }

    static Parameter prepared(String name, Function<String, Object> preparation) {
        return new Parameter(name, Set.of(Type.STRING), false, List.of(), preparation);
    }

    /** The same, but it may be missing. */
    Parameter orNone() {
        return new Parameter(name, types, true, choices, preparation);
    }

    boolean takes(Type type) {
        return types.isEmpty() || types.contains(type);
    }

    /** As a message names it: {@code a string for 'target'}. */
    String described() {
        String described =
                types.stream().sorted().map(Type::described).collect(Collectors.joining(" or "));
        return "%s for '%s'".formatted(described, name);
    }
}
