package io.tailrace.operators.settings;

/** Settings with rules of their own, beyond the type and range of each. */
public interface Checked {

    /** Reports what is wrong; called once all components could be read. */
    void check(Problems problems);

    /** Where {@link #check} reports to. */
    interface Problems {
        /**
         * @param key the component's key in snake case, or a path below it such as {@code
         *     policies[2].name}; empty for the settings as a whole
         * @param expected what would be right, to follow "expected"
         */
        void expected(String key, String expected);
    }
}
