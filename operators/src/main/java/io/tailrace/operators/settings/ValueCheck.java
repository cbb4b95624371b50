package io.tailrace.operators.settings;

/**
 * A rule of a single value, beyond its type and range. It is asked as soon as the value could be
 * read, whatever else is wrong around it. Implementations have a constructor without parameters.
 *
 * @param <T> the value
 */
public interface ValueCheck<T> {

    /** Reports what is wrong, by keys below the value's own; empty for the value as a whole. */
    void check(T value, Checked.Problems problems);

    /** Of values without such a rule. */
    final class None implements ValueCheck<Object> {
        @Override
        public void check(Object value, Checked.Problems problems) {}
    }
}
