package io.tailrace.operators.span.ottl;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A function of OTTL that gives a value; it is pure.
 *
 * @param result what it gives; ANY where that depends, also on whether it gives nil
 */
record Converter(String name, Type result, List<Parameter> parameters, Body body) {

    /** What it does. */
    @FunctionalInterface
    interface Body {
        /**
         * @throws OttlEvaluationException where it gives no value of these
         */
        Object of(Arguments arguments);
    }

    static Converter named(String name, Type result, Body body, Parameter... parameters) {
        return new Converter(name, result, List.of(parameters), body);
    }

    /** As documentation would write it. */
    String signature() {
        return parameters.stream()
                .map(each -> each.optional() ? "[" + each.name() + "]" : each.name())
                .collect(Collectors.joining(", ", name + "(", ")"));
    }
}
