package io.tailrace.jobs.spec;

import java.util.List;

/** A spec as read, or all that is wrong with it. */
public sealed interface SpecResult<T> {

    /**
     * @throws IllegalStateException where there are problems
     */
    T value();

    /** In the order of the file's lines, then of the {@code --set}s; empty if the spec is good. */
    List<Problem> problems();

    default boolean isGood() {
        return problems().isEmpty();
    }

    /** A spec without a mistake. */
    record Good<T>(T value) implements SpecResult<T> {
        @Override
        public List<Problem> problems() {
            return List.of();
        }
    }

    /** A spec with at least one. */
    record Bad<T>(List<Problem> problems) implements SpecResult<T> {
        public Bad {
            problems = List.copyOf(problems);
        }

        @Override
        public T value() {
            throw new IllegalStateException("the spec has problems: " + problems);
        }
    }
}
