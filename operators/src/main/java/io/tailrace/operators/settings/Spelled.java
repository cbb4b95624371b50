package io.tailrace.operators.settings;

/** An enum whose constants are not written as their names in lower case. */
public interface Spelled {

    /** How a user writes this constant. */
    String spelling();
}
